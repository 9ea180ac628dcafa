"""Names of other libraries that we use although the libraries do not promise to keep them.

Most begin with an underscore, belong to a module that is not public, or are undocumented. A new version of a library
may remove any of them without notice. So each is listed here with the reason, and a test fails and shows the name if
an installed version lacks it (tests/autograder/engine/test_private_names.py). Another test finds private names that
are used but not listed.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PrivateName:
    """One private name of a library.

    Attributes
    ----------
    module : str
        the module that contains it.
    name : str
        the name within the module, with dots: `Class.attribute` is an attribute of the class, or one that its
        methods set. Empty if we use the module itself.
    used_in : str
        our file or folder that uses it, relative to the root of the repository.
    why : str
        what we need it for.
    """

    module: str
    name: str
    used_in: str
    why: str

    def __str__(self) -> str:
        return f"{self.module}.{self.name}".removesuffix(".")


_CLIENT = "autograder/engine/client.py"
_GUARD = "autograder/engine/sandbox/guard.py"
_KERNEL = "autograder/engine/sandbox/kernel.py"
_SHORTCUTS = "autograder/engine/sandbox/shortcuts.py"
_PARENT = "autograder/engine/sandbox/parent.py"
_FINDINGS = "autograder/engine/sandbox/findings.py"
_EVENTS = "autograder/engine/sandbox/audit_events.py"
_NAMES = "autograder/names.py"
_CLUSTER = "autograder/grading/cluster.py"
_RELEASE = "autograder/authoring/release.py"
_EXACT = "cnnlab/exact.py"

_OWN_SOCKETS = "our kernels get their sockets ready-made, and have no connection file"
_MAGICS = "turns magics into Python without a shell, so that the grader can read a cell"
_TENSORS = "reads a tensor by its exact type, so that none of a student's code runs"

PRIVATE_NAMES = (
    # nbclient and jupyter_client: the worker's side of a kernel
    PrivateName("nbclient.client", "NotebookClient._async_poll_for_reply", _CLIENT,
                "overridden: the original waits 4 s for the rest of a cell's output, however busy the machine is"),
    PrivateName("nbclient.client", "NotebookClient._display_id_map", _CLIENT,
                "cleared before each cell, so that no later cell changes what an earlier one has shown"),
    PrivateName("nbclient.client", "NotebookClient.clear_before_next_output", _CLIENT,
                "says whether a stream's message can be kept without nbclient's slow way"),
    PrivateName("nbclient.client", "NotebookClient.output_hook_stack", _CLIENT,
                "says whether a stream's message can be kept without nbclient's slow way"),
    PrivateName("jupyter_client.session", "extract_dates", _SHORTCUTS,
                "replaced: parsing the times of every message costs time, and nobody reads them"),
    PrivateName("jupyter_client.jsonutil", "json_clean", _KERNEL, "packs a message with half a surrogate pair"),
    PrivateName("jupyter_client.jsonutil", "json_default", _KERNEL, "packs a message with half a surrogate pair"),

    # ipykernel: a kernel without files, on sockets that are already bound
    PrivateName("ipykernel.kernelbase", "Kernel._publish_status", _KERNEL,
                "overridden: the worker knows that its own request is being worked on"),
    PrivateName("ipykernel.kernelbase", "Kernel._publish_execute_input", _KERNEL,
                "overridden: the worker knows what it asked"),
    PrivateName("ipykernel.kernelbase", "Kernel._execute_sleep", _KERNEL, "0: the pause after each cell"),
    PrivateName("ipykernel.kernelbase", "Kernel._supports_kernel_subshells", _KERNEL,
                "off: a subshell's thread would run while tests run"),
    PrivateName("ipykernel.kernelbase", "Kernel.shell_handlers", _GUARD,
                "the guard takes its question out of a request before the kernel sees it"),
    PrivateName("ipykernel.kernelbase", "Kernel.iopub_socket", _GUARD, "shows the value of a test's last expression"),
    PrivateName("ipykernel.kernelbase", "Kernel.set_parent", _KERNEL,
                "overridden: the message that a kernel works on cannot be looked up from a cell"),
    PrivateName("ipykernel.ipkernel", "IPythonKernel._cancel_on_sigint", _GUARD,
                "lets an interrupt end a cell that awaits something"),
    PrivateName("ipykernel.ipkernel", "IPythonKernel.shell_class", _KERNEL, "our shell in place of ipykernel's"),
    PrivateName("ipykernel.ipkernel", "sys", _SHORTCUTS,
                "replaced while a kernel is made, which would list the files of all modules for a debugger"),
    PrivateName("ipykernel.kernelapp", "IPKernelApp._try_bind_socket", _KERNEL, f"overridden: {_OWN_SOCKETS}"),
    PrivateName("ipykernel.kernelapp", "IPKernelApp.init_connection_file", _KERNEL, f"overridden: {_OWN_SOCKETS}"),
    PrivateName("ipykernel.kernelapp", "IPKernelApp.write_connection_file", _KERNEL, f"overridden: {_OWN_SOCKETS}"),
    PrivateName("ipykernel.kernelapp", "IPKernelApp.log_connection_info", _KERNEL, f"overridden: {_OWN_SOCKETS}"),
    PrivateName("ipykernel.kernelapp", "IPKernelApp.init_heartbeat", _KERNEL, f"overridden: {_OWN_SOCKETS}"),
    PrivateName("ipykernel.kernelapp", "IPKernelApp.init_control", _KERNEL,
                "overridden: the thread that forwards messages to subshells is taken away"),
    PrivateName("ipykernel.kernelapp", "IPKernelApp.shell_channel_thread", _KERNEL,
                "replaced: the thread that forwards messages to subshells"),
    PrivateName("ipykernel.kernelapp", "IPKernelApp.debug_shell_socket", _KERNEL,
                "disconnected: no notebook here has a debugger"),
    PrivateName("ipykernel.kernelapp", "IPKernelApp.shell_socket", _KERNEL,
                "the other end of `debug_shell_socket`"),
    PrivateName("ipykernel.kernelapp", "IPKernelApp.init_path", _KERNEL,
                "overridden: the notebook's folder comes after Python's own and before its packages"),
    PrivateName("IPython.core.shellapp", "InteractiveShellApp.init_code", _KERNEL,
                "overridden: a kernel of ours has no start-up files"),
    PrivateName("ipykernel.heartbeat", "Heartbeat._try_bind_socket", _KERNEL, f"overridden: {_OWN_SOCKETS}"),
    PrivateName("ipykernel.compiler", "get_tmp_directory", _SHORTCUTS, "names a cell's code as ipykernel does"),
    PrivateName("ipykernel.compiler", "XCachingCompiler.get_code_name", _SHORTCUTS,
                "overridden: a name that is found faster when an error is shown"),
    PrivateName("ipykernel.iostream", "OutStream._flush_pending", _SHORTCUTS,
                "says whether there is something to wait for when a cell ends"),
    PrivateName("ipykernel.iostream", "OutStream._buffers", _SHORTCUTS,
                "says whether there is something to wait for when a cell ends"),
    PrivateName("ipykernel.displayhook", "ZMQShellDisplayHook.parent_header", _GUARD,
                "tells the client which cell a shown value belongs to"),

    # IPython: reading magics, and running a cell without IPython's machinery
    PrivateName("IPython.core.inputtransformer2", "TransformerManager.do_one_token_transform", _NAMES, _MAGICS),
    PrivateName("IPython.core.inputtransformer2", "TransformerManager.cleanup_transforms", _NAMES, _MAGICS),
    PrivateName("IPython.core.inputtransformer2", "TransformerManager.line_transforms", _NAMES, _MAGICS),
    PrivateName("IPython.core.inputtransformer2", "leading_empty_lines", _NAMES, _MAGICS),
    PrivateName("IPython.core.inputtransformer2", "TransformerManager.do_token_transforms", _SHORTCUTS,
                "overridden: only a cell that can hold a magic is taken apart into tokens"),
    PrivateName("IPython.core.inputtransformer2", "TransformerManager.token_transformers", _SHORTCUTS,
                "says whether the transformers are still IPython's own"),
    *(PrivateName("IPython.core.inputtransformer2", name, _SHORTCUTS, "one of IPython's own transformers of tokens")
      for name in ("MagicAssign", "SystemAssign", "EscapedCommand", "HelpEnd")),
    PrivateName("IPython.core.interactiveshell", "InteractiveShell._format_exception_for_storage", _SHORTCUTS,
                "overridden: it formats each traceback a second time, for a history that our kernels lack"),
    PrivateName("IPython.core.interactiveshell", "InteractiveShell.should_run_async", _SHORTCUTS,
                "overridden: the original compiles a cell to find out"),
    PrivateName("IPython.core.interactiveshell", "InteractiveShell.builtin_trap", _GUARD,
                "what IPython puts among the built-ins while a cell runs"),
    PrivateName("IPython.core.interactiveshell", "InteractiveShell.display_trap", _GUARD,
                "shows the value of a locked cell's last expression"),
    PrivateName("IPython.core.interactiveshell", "InteractiveShell.user_ns_hidden", _KERNEL,
                "hides from `%who` what was there before the first cell"),
    PrivateName("IPython.core.builtin_trap", "BuiltinTrap.auto_builtins", _GUARD,
                "what IPython puts among the built-ins while a cell runs"),
    PrivateName("IPython.core.builtin_trap", "HideBuiltin", _GUARD, "marks a built-in that IPython takes away"),
    PrivateName("IPython.core.compilerop", "CachingCompiler._filename_map", _GUARD,
                "finds the cell of each frame that an error went through"),
    PrivateName("IPython.core.events", "EventManager.callbacks", _GUARD,
                "draws the pictures of a test as they were drawn before the first cell"),
    PrivateName("IPython.core.history", "HistoryManager.store_inputs", _GUARD,
                "gives a locked cell the number and the text that its tracebacks show"),
    PrivateName("IPython.core.ultratb", "FormattedTB", _SHORTCUTS, "formats one error before forking: forks keep it"),
    PrivateName("IPython.utils.decorators", "flag_calls", _PARENT,
                "does to pyplot beforehand what IPython does at a first figure"),

    # TensorFlow and Keras
    PrivateName("tensorflow.python.eager.context", "pywrap_tfe.TFE_ContextOptionsSetRunEagerOpAsFunction", _SHORTCUTS,
                "replaced: operations run as they are, without a function made around each"),
    PrivateName("tensorflow.python.framework.ops", "EagerTensor", _EXACT, _TENSORS),
    PrivateName("tensorflow.python.framework.ops", "EagerTensor._numpy_internal", _EXACT, _TENSORS),
    PrivateName("tensorflow.python.framework.dtypes", "DType", _EXACT, _TENSORS),
    PrivateName("tensorflow.python.framework.tensor_shape", "TensorShape._dims", _EXACT, _TENSORS),
    PrivateName("tensorflow.python.ops.resource_variable_ops", "ResourceVariable._handle", _EXACT, _TENSORS),
    PrivateName("tensorflow.python.ops.resource_variable_ops", "ResourceVariable._dtype", _EXACT, _TENSORS),
    PrivateName("tensorflow.python.ops.gen_resource_variable_ops", "read_variable_op", _EXACT, _TENSORS),
    PrivateName("tensorflow.python.framework.op_callbacks", "add_op_callback", "cnnlab/operations.py",
                "reports which operations an answer runs"),
    PrivateName("tensorflow.python.framework.op_callbacks", "remove_op_callback", "cnnlab/operations.py",
                "reports which operations an answer runs"),
    PrivateName("keras.src.backend", "Variable._value", _EXACT, _TENSORS),
    PrivateName("keras.src.backend.tensorflow.trainer", "", _PARENT,
                "imported before forking: Keras imports it when a model is first trained"),

    # TensorBoard
    PrivateName("tensorboard.backend.event_processing.event_file_loader", "EventFileLoader.Load",
                "cnnlab/tensorboard.py", "reads every number that was logged, without TensorBoard's sampling"),
    PrivateName("tensorboard.util", "tensor_util.make_ndarray", "cnnlab/tensorboard.py",
                "reads a logged number without importing TensorFlow"),

    # Dask
    PrivateName("distributed.scheduler", "KilledWorker", _CLUSTER, "a submission that took its workers down"),
    PrivateName("distributed.utils", "get_mp_context", _CLUSTER, "has the workers share one start-up"),
    PrivateName("distributed.utils", "sync", _CLUSTER, "counts on the scheduler how often a submission was begun"),
    PrivateName("distributed.worker_state_machine", "WorkerState.executing", _CLUSTER,
                "what a worker was doing when it was ended in good order"),
    PrivateName("distributed.worker", "Worker.get_current_task", _CLUSTER,
                "counts on the scheduler how often a submission was begun"),

    # nbgrader
    PrivateName("nbgrader.converters", "GenerateAssignment.preprocessors", _RELEASE,
                "runs nbgrader's own steps, up to the one that takes hidden tests out"),
    PrivateName("nbgrader.converters", "GenerateAssignment.no_database", _RELEASE,
                "makes a student version without a gradebook"),
    PrivateName("nbgrader.preprocessors", "savecells", _RELEASE,
                "tells from which of nbgrader's steps an error came"),
    PrivateName("nbgrader.preprocessors", "SaveCells", _RELEASE,
                "the step after which hidden tests are taken out"),
    PrivateName("nbgrader.nbgraderformat", "MetadataValidator.validate_cell", _RELEASE,
                "names the cell that nbgrader refuses"),
    PrivateName("nbgrader.plugins.zipcollect", "FileNameCollectorPlugin._match", "autograder/collect/platforms.py",
                "matches a file of any ending: what is no notebook by its name may be one"),

    # nbconvert and bleach
    PrivateName("nbconvert.filters.markdown_mistune", "IPythonRenderer", "autograder/results/outputs.py",
                "tells what nbconvert would make of a student's text"),
    PrivateName("nbconvert.filters.markdown_mistune", "MarkdownWithMath", "autograder/results/outputs.py",
                "tells what nbconvert would make of a student's text"),
    PrivateName("bleach.html5lib_shim", "Filter", "autograder/results/outputs.py",
                "puts words in the place of pictures that would be fetched"),

    # Python itself; the first three are documented, despite their underscore
    PrivateName("os", "_exit", "autograder",
                "ends a fork without the parent's exit handlers"),
    PrivateName("sys", "_getframe", _EVENTS, "tells whose code caused an audit event"),
    PrivateName("sys", "_current_frames", _EVENTS, "finds threads that still run when a test begins"),
    PrivateName("_signal", "getsignal", "autograder/engine/sandbox/leftovers.py",
                "the C half of `signal`: a student may have replaced the other one"),
    PrivateName("dataclasses", "_DataclassParams", _FINDINGS, "tells a dataclass's own comparison from a student's"),
    PrivateName("asyncio.base_events", "BaseEventLoop._ready", _FINDINGS, "finds functions that wait to be called"),
    PrivateName("asyncio.base_events", "BaseEventLoop._scheduled", _FINDINGS, "finds functions that wait to be called"),
    PrivateName("asyncio.events", "Handle._callback", _FINDINGS, "finds functions that wait to be called"),
)
