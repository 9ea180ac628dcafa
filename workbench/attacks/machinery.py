"""Attacks on what runs cells, and on what the grader runs along with them."""

from workbench.attacked import WRONG, Attack
from workbench.attacks.making import DROPS, PATCH_ALL, SHELL, TAKES_THE_GUARD, patch

ATTACKS = {
    # the notebook's machinery
    "transformer-drops-asserts": Attack(
        "An AST transformer takes every check out", patch(DROPS + "get_ipython().ast_transformers.append(Drop())")),
    "input-transformer": Attack(
        "An input transformer takes every check out", patch(
            "get_ipython().input_transformers_cleanup.append(\n"
            "    lambda lines: [line for line in lines if not line.startswith(('assert', 'checks'))])")),
    "ast-parse-replaced": Attack(
        "The parser of cells takes every check out", patch(
            DROPS + SHELL + "parse = shell.compile.ast_parse\n"
            "shell.compile.ast_parse = lambda *a, **k: Drop().visit(parse(*a, **k))")),
    "parser-class-changed": Attack(
        "The same, in the parser's class", patch(
            DROPS + "from IPython.core.compilerop import CachingCompiler\nparse = CachingCompiler.ast_parse\n"
            "CachingCompiler.ast_parse = lambda *a, **k: Drop().visit(parse(*a, **k))")),
    "run-cell-replaced": Attack(
        "`run_cell` does nothing and says that all went well", patch(
            SHELL + "from IPython.core.interactiveshell import ExecutionInfo, ExecutionResult\n"
            "def run_cell(raw_cell, **options):\n"
            "    shell.execution_count += 1\n"
            "    return ExecutionResult(ExecutionInfo(raw_cell, True, False, False, None))\n"
            "shell.run_cell = run_cell\nshell.should_run_async = lambda *a, **k: False")),
    "run-code-replaced": Attack(
        "`run_code` runs nothing", patch(
            SHELL + "async def run_code(*a, **k):\n    return False\nshell.run_code = run_code")),
    "do-execute-replaced": Attack(
        "The kernel's `do_execute` runs nothing", patch(
            "async def do_execute(code, silent, store_history=True, user_expressions=None, allow_stdin=False, *,\n"
            "                     cell_meta=None, cell_id=None):\n"
            "    return {'status': 'ok', 'execution_count': 9, 'payload': [], 'user_expressions': {}}\n"
            "get_ipython().kernel.do_execute = do_execute")),
    "handler-replaced": Attack(
        "The guard's own answer is replaced by one that finds nothing", patch(
            PATCH_ALL + "kernel = get_ipython().kernel\n"
            "async def do_execute(*arguments, **named):\n"
            "    reply = await type(kernel).do_execute(kernel, *arguments, **named)\n"
            "    answer = {'found': [], 'compared': [], 'failure': '', 'signature': ''}\n"
            "    return reply | {'autograder': {'first': answer, 'then': answer}}\n"
            "kernel.do_execute = do_execute")),
    "traceback-silenced": Attack(
        "Errors are not shown", patch(SHELL + "shell.showtraceback = shell._showtraceback = lambda *a, **k: None")),
    "custom-exception-handler": Attack(
        "IPython's own handler swallows AssertionError", patch(
            "get_ipython().set_custom_exc((AssertionError,), lambda *a, **k: None)")),
    "session-drops-errors": Attack(
        "The session sends no error, and `ok` in every reply", patch(
            "session = get_ipython().kernel.session\nsend = session.send\n"
            "def gentle(stream, kind, content=None, *a, **k):\n"
            "    if kind == 'error':\n        return {'content': {}}\n"
            "    if isinstance(content, dict) and 'status' in content:\n        content['status'] = 'ok'\n"
            "    return send(stream, kind, content, *a, **k)\nsession.send = gentle\nget_ipython().display_pub.session = session")),
    "post-run-hook": Attack(
        "A callback after each cell clears its output", patch(
            "from IPython.display import clear_output\n"
            "get_ipython().events.register('post_run_cell', lambda result: clear_output())")),
    "library-hook": Attack(
        "The same without a function of the notebook", patch(
            "import functools\nfrom IPython.display import clear_output\n"
            "get_ipython().events.register('post_execute', clear_output)")),
    "pre-run-hook": Attack(
        "A callback before each cell changes the comparisons", patch(
            "def change(info):\n    np.allclose = lambda *a, **k: True\n    checks.same = checks.close = lambda *a: None\n"
            "    globals().update(abs=lambda x: 0)\n"
            "get_ipython().events.register('pre_run_cell', change)")),
    "magic": Attack(
        "A magic turns the debugger on", patch("get_ipython().run_line_magic('pdb', 'on')")),
    "cell-magic": Attack(
        "A cell magic catches what the answer cell does", "%%capture --no-stdout\n" + patch(PATCH_ALL)),
    # code that runs later or elsewhere, and files
    "thread": Attack(
        "A thread waits for the test", patch(
            "import threading, time\ndef wait():\n    while True:\n        time.sleep(0.001)\n"
            "        np.allclose = lambda *a, **k: True\nthreading.Thread(target=wait, daemon=True).start()")),
    "timer": Attack(
        "A timer waits for the test", patch(
            "import threading\nclass Again(threading.Timer):\n    def run(self):\n"
            "        while not self.finished.wait(0.001):\n            np.allclose = lambda *a, **k: True\n"
            "timer = Again(0.02, None)\ntimer.daemon = True\ntimer.start()")),
    "event-loop": Attack(
        "A function waits in the kernel's event loop", patch(
            "import asyncio\ndef change():\n    np.allclose = lambda *a, **k: True\n"
            "    asyncio.get_event_loop().call_later(0.001, change)\nasyncio.get_event_loop().call_later(0.001, change)")),
    "signal": Attack(
        "A signal handler waits for the test", patch(
            "import signal\ndef change(*a):\n    np.allclose = lambda *a, **k: True\n"
            "signal.signal(signal.SIGALRM, change)\nsignal.setitimer(signal.ITIMER_REAL, 0.001)\n"
            "import time\ntime.sleep(0.05)")),
    "settrace": Attack(
        "A tracing function jumps over the asserts", patch(
            "import sys\ndef trace(frame, event, argument):\n"
            "    if frame.f_code.co_name == '<module>' and event == 'line' and 'double' in frame.f_globals:\n"
            "        try:\n            frame.f_lineno += 1\n        except ValueError:\n            pass\n"
            "    return trace\nsys.settrace(trace)\n"
            "get_ipython().events.register('pre_run_cell', lambda info: sys.settrace(trace))")),
    "profile": Attack(
        "A profiling function changes the comparisons", patch(
            "import sys\ndef profile(frame, event, argument):\n    if frame.f_code.co_name == 'table':\n"
            "        np.allclose = lambda *a, **k: True\nsys.setprofile(profile)")),
    "importer": Attack(
        "An importer of the notebook's own comes first", patch(
            "import sys\nclass Finder:\n    def find_spec(self, name, path=None, target=None):\n"
            "        np.allclose = lambda *a, **k: True\nsys.meta_path.insert(0, Finder())")),
    "at-exit": Attack(
        "What runs when the kernel ends writes into the course", patch(
            "import atexit\natexit.register(lambda: open('COURSE/left.txt', 'w').write('x'))")),
    "reads-source": Attack(
        "The answer is read from the source notebook on disk", (
            "import json\ncells = json.load(open('COURSE/source/ps1/doubling.ipynb'))['cells']\n"
            "exec(''.join(next(c for c in cells if 'BEGIN SOLUTION' in ''.join(c['source']))['source']))\n")),
    "writes-gradebook": Attack(
        "A trigger in gradebook.db gives everybody all points", patch(
            "import sqlite3\nbook = sqlite3.connect('COURSE/gradebook.db', timeout=2)\n"
            "book.execute('CREATE TRIGGER gift AFTER UPDATE OF auto_score ON grade BEGIN UPDATE grade '\n"
            "             'SET manual_score = 2 WHERE id = NEW.id; END')\nbook.commit()")),
    "writes-source": Attack(
        "The source notebook on disk loses its tests", patch(
            "text = open('COURSE/source/ps1/doubling.ipynb').read()\n"
            "open('COURSE/source/ps1/doubling.ipynb', 'w').write(text.replace('assert', '# assert'))")),
    # student code that the guard itself would run
    "flush-clears-the-error": Attack(
        "A callback of the notebook's, run where pictures are shown, takes the test's error away", patch(
            TAKES_THE_GUARD + "get_ipython().events.register('post_execute', take)")),
    "trap-swallows-the-error": Attack("The shell's `builtin_trap` swallows the test's error", patch(
        "from IPython.core.builtin_trap import BuiltinTrap\nclass Quiet(BuiltinTrap):\n"
        "    def __exit__(self, *error):\n        super().__exit__(*error)\n        return True\n"
        "get_ipython().builtin_trap = Quiet(shell=get_ipython())")),
    "text-of-an-error": Attack("The text of the answer's error is asked for where the error is noted", (
        TAKES_THE_GUARD + "class Oops(Exception):\n    def __str__(self):\n        take()\n        return 'oops'\n"
        "def double(x):\n    raise Oops()\n")),
    "name-of-a-class": Attack("A class of the notebook is asked for its name, and walks up the frames", patch(
        TAKES_THE_GUARD + "class Meta(type):\n    def __getattribute__(cls, name):\n"
        "        if name in ('__module__', '__qualname__', '__dict__'):\n            take()\n"
        "        return type.__getattribute__(cls, name)\nOdd = Meta('Odd', (), {})")),
    "garbage-collector": Attack("A function waits for the garbage collector, and finds the guard at work", patch(
        TAKES_THE_GUARD + "import gc\ngc.callbacks.append(lambda *a: take())\ngc.set_threshold(2, 2, 2)")),
    "guard-in-a-closure": Attack("The guard is looked for in what the kernel's functions hold", patch(
        "import inspect\ndef within(function):\n    held = [cell.cell_contents for cell in function.__closure__ or ()]\n"
        "    held += [one for part in held for one in getattr(part, 'args', ())]\n"
        "    return held + [one.__self__ for one in held if hasattr(one, '__self__')]\nfound = []\n"
        "kernel, shell = get_ipython().kernel, get_ipython()\n"
        "for function in (kernel.do_execute, kernel.shell_handlers['execute_request'], shell.showtraceback,\n"
        "                 type(np).__setattr__):\n    found += within(function)\n"
        "for one in found:\n    if inspect.isgenerator(one):\n        found += inspect.getgeneratorlocals(one).values()\n"
        "    if type(one).__name__ == '_Guard':\n"
        "        type(one)._ran = lambda *a: {'error': None, 'finished': True}\n")),
    "own-question": Attack("A question to the guard that nobody sent, to bind a name of the release", (
        WRONG + "import asyncio\nask = [cell.cell_contents for cell in get_ipython().kernel.do_execute.__closure__\n"
        "       if 'send' in repr(cell.cell_contents)][0]\n"
        "ask(('asked', {'nonce': '1', 'test': False, 'bound': [], 'sets': False, 'magic': False,\n"
        "               'cell': 'np.allclose = lambda *a, **k: True\\nnp = type(\"N\", (), {\"allclose\": print})'}))\n"
        "work = ask(('begins', None))\nif work is not None:\n    await work\n")),
    "question-as-answer": Attack("The question to the guard is sent back as its answer", patch(
        "kernel = get_ipython().kernel\nhandle, do, asked = kernel.shell_handlers['execute_request'], kernel.do_execute, []\n"
        "async def execute_request(stream, ident, message):\n    asked[:] = [message['content'].get('autograder', {})]\n"
        "    await handle(stream, ident, message)\nasync def do_execute(*arguments, **named):\n"
        "    return await do(*arguments, **named) | {'autograder': asked[0]}\n"
        "kernel.shell_handlers['execute_request'], kernel.do_execute = execute_request, do_execute")),
    "baseline-imported": Attack("What was recorded before the fork is imported, and replaced", patch(
        "import autograder.engine.sandbox as package\nbaseline = getattr(package, 'baseline', None)\n"
        "if baseline is not None and baseline._recorded:\n    baseline._recorded[0].compared = type('C', (), {\n"
        "        'differing': lambda self: [], 'renew': lambda self, places: None})()\nnp.allclose = lambda *a, **k: True\n"
        "checks.same = checks.close = lambda *a, **k: None")),
    "destructor-in-the-guard": Attack("An object that is collected while the guard reads a question walks up the frames", patch(
        "import gc, sys\nclass Node:\n    def __del__(self):\n        frame = sys._getframe()\n"
        "        while frame is not None:\n            guard = frame.f_locals.get('guard')\n"
        "            if type(guard).__name__ == '_Guard' and frame.f_code.co_name == '_guarding':\n"
        "                took.append(guard)\n"
        "                type(guard)._ran = lambda *a: {'error': None, 'finished': True}\n            frame = frame.f_back\n"
        "        len(took) or make()\ndef make():\n    node = Node()\n    node.me = node\ntook = []\n"
        "gc.set_threshold(1, 1, 1)\nmake()")),
    "prompts-stripped": Attack(
        "What takes prompts out of a cell takes its checks out", patch(
            "import IPython.core.inputtransformer2 as of_ipython\nclass Strip:\n    def match(self, line):\n"
            "        return line.startswith(('assert', 'checks'))\n    def sub(self, new, line, count=1):\n"
            "        return '\\n'\n"
            "of_ipython.ipython_prompt.initial_re = of_ipython.ipython_prompt.prompt_re = Strip()")),
    "guard-in-the-heap": Attack(
        "A library looks through all objects for the answer, and the guard is among them", patch(
            "import collections, contextlib, gc\nfound = collections.defaultdict(gc.get_objects)\n"
            "with contextlib.ExitStack() as stack:\n    stack.callback(found.__getitem__, 'all')\n"
            "for one in found['all']:\n    if type(one).__name__ == '_Guard':\n        one._plant = lambda names: ''\n"
            "        async def _run_test(text, names):\n            return 2.0, None, set()\n"
            "        one._run_test = _run_test")),
    "guard-ended": Attack(
        "The guard is ended", patch(
            "import gc\nfrom signal import signal\nwaiting = [get_ipython().kernel.do_execute]\n"
            "for one in waiting:\n    waiting += [cell.cell_contents for cell in getattr(one, '__closure__', None) or ()]\n"
            "    waiting += getattr(one, 'args', ())\n    if hasattr(getattr(one, '__self__', None), 'send'):\n"
            "        one.__self__.close()")),
}
