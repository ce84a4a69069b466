"""The command line: ``main`` runs one command and ends with its exit code.

    0    done
    1    a check failed, the record is damaged, or some documents failed under --strict
    2    the command was typed wrongly, a setting cannot be used, or there is no room or no permission
    3    nothing in the input could be read
    4    the record is locked by another process, or of another version
    5    the model is missing or not the one expected
    70   a fault of Onrecord itself, with a traceback to report
    130  interrupted

Standard output carries data only, standard error what is said to people. Nothing heavy is imported before
a command needs it, so that ``--help`` answers at once.
"""

from __future__ import annotations

import shlex
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

import click

from onrecord.cli.app import onrecord
from onrecord.cli.output import ReaderLeft, count, forget_stdout, say, say_error
from onrecord.errors import Interrupted, OnrecordError, StorageError, told

FAULT = 70
INTERRUPTED = 130


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command in ``args`` (the process's own by default) and exit."""
    sys.exit(run(sys.argv[1:] if args is None else args))


def run(args: Sequence[str]) -> int:
    """Run the command in ``args``; returns its exit code and lets no error out."""
    try:
        result = onrecord.main(args=list(args), prog_name="onrecord", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        error.show(sys.stderr)
        return error.exit_code
    except OnrecordError as error:
        say_error(str(error), error.hint)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort) as error:
        return _interrupted(args, error if isinstance(error, Interrupted) else error.__cause__)
    except ReaderLeft:
        return _reader_left()
    except OSError as error:
        words = told(error)
        return _fault() if words is None else _refused(words)
    except Exception:
        return _fault()


def _refused(error: StorageError) -> int:
    say_error(str(error), error.hint)
    return error.exit_code


def _fault() -> int:
    traceback.print_exc()
    say_error("this is a fault of Onrecord, not of yours", "please report it with the lines above")
    return FAULT


def _interrupted(args: Sequence[str], build: BaseException | None) -> int:
    """``build``: what ended a build; click hands it on as the cause of an error of its own."""
    if not isinstance(build, Interrupted):
        say("\nInterrupted.")
        return INTERRUPTED
    what = "No record was made, since nothing had been read."
    if build.record:
        what = f"{count(build.kept, 'document')} read by then {'is' if build.kept == 1 else 'are'} kept."
    say(f"\nInterrupted. {what} To go on, type again:\n  {shlex.join(['onrecord', *args])}")
    return INTERRUPTED


def _reader_left() -> int:
    """End quietly when the reader of a pipe has seen enough, as ``| head`` does."""
    forget_stdout()
    return 0
