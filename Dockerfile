# The grader with this course, for a server or a cluster's workers. Build it again after `autograder build`.
#
#   docker build --tag autograder .
#   docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/work" --workdir /work \
#     --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined \
#     autograder grade 02-lenet --course /course --submissions submitted --out graded
#
# The three options let bubblewrap make user namespaces, in which each submission runs with its own short list of
# system calls; `autograder doctor` says whether that works.
FROM python:3.12-slim-bookworm

# From the system, because the lock has it for x86-64 alone.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends bubblewrap \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /course
COPY requirements.lock ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement requirements.lock
COPY . .
# Editable: submissions read data/, which stands beside the package.
RUN pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation --editable . \
 && useradd --uid 1000 --create-home grader

USER 1000
# What Matplotlib and Jupyter write beside the results, whatever user `--user` names.
ENV HOME=/tmp TF_CPP_MIN_LOG_LEVEL=3
ENTRYPOINT ["autograder"]
CMD ["--help"]
