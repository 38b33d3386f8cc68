"""The journal against loss of power, kill -9, full and failing disks."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.session.fakedisk import FakeDisk, FakeFile
from wargame.errors import JournalError, NotSaved
from wargame.session.journal import Journal
from wargame.session.scan import scan

PATH = Path("/saves/game.jsonl")
SIZES = (10, 700, 90, 3000, 40, 500, 1400)


def entries(start: int = 0) -> list[tuple[str, dict[str, object]]]:
    return [("turn", {"n": start + number, "x": "y" * size}) for number, size in enumerate(SIZES)]


class Lost(AssertionError):
    """Something that was told is not on the disk."""


class PowerCuts:
    """Takes crash images at every disk operation, and looks whether each holds all that was told."""

    def __init__(self, disk: FakeDisk, images: int, seed: int) -> None:
        self.disk = disk
        self.images = images
        self.rng = Random(seed)
        self.told: list[str] = []
        self.seen = 0
        self.kinds: set[str] = set()
        disk.watch = self.look

    def look(self) -> None:
        for _ in range(self.images):
            self.seen += 1
            self.check(self.disk.image(self.rng))

    def check(self, image: dict[Path, bytes]) -> None:
        content = image.get(PATH)
        found = scan(content or b"")
        self.kinds.add(found.verdict.kind)
        kept = [record.hash for record in found.records]
        if kept[: len(self.told)] != self.told:
            raise Lost(f"{len(self.told)} told, {len(kept)} kept: {found.verdict}")
        if len(kept) > len(self.told) + 1:
            raise Lost("more than one entry that was never told")
        if self.told and found.verdict.kind not in ("clean", "torn"):
            raise Lost(f"play could not go on: {found.verdict}")


def play(disk: FakeDisk, cuts: PowerCuts, kind: type[Journal] = Journal) -> None:
    """A little game; `told` grows when an entry counts as saved."""
    journal = kind.create(PATH, [("header", {"x": 600 * "z"})], disk=disk)
    cuts.told.append(journal.head)
    for entry in entries():
        journal.append(entry)
        cuts.told.append(journal.head)


def test_nothing_told_is_lost_when_the_power_fails() -> None:
    seen = 0
    kinds: set[str] = set()
    for seed in range(20):
        disk = FakeDisk()
        cuts = PowerCuts(disk, 24, seed)
        play(disk, cuts)
        seen += cuts.seen
        kinds |= cuts.kinds

    assert seen >= 20_000
    assert kinds >= {"clean", "torn"}


class SyncsLate(Journal):
    """Planted bug: an entry counts before it is synced; the sync comes with the next one."""

    def _write(self, file: FakeFile, line: bytes) -> None:  # type: ignore[override]
        file.sync()
        file.append(line)


@pytest.mark.parametrize(
    ("disk", "kind"),
    [
        (FakeDisk(), SyncsLate),
        (FakeDisk(ignore_sync=True), Journal),
        (FakeDisk(ignore_folders=True), Journal),
    ],
    ids=["told before the sync", "no sync", "no sync of the folder"],
)
def test_planted_bugs_are_caught(disk: FakeDisk, kind: type[Journal]) -> None:
    with pytest.raises(Lost):
        play(disk, PowerCuts(disk, 24, seed=1), kind)


def test_the_power_may_fail_again_while_a_torn_tail_is_mended() -> None:
    whole = FakeDisk()
    play(whole, PowerCuts(whole, 0, 0))
    content = bytes(whole.nodes[PATH].now)
    for seed, cut in enumerate((1, 2, 40, 600, 1300)):
        disk = FakeDisk.holding({PATH: content[:-cut]})
        cuts = PowerCuts(disk, 60, seed)
        cuts.told = [record.hash for record in scan(content[:-cut]).records]
        journal = Journal.open(PATH, disk=disk)
        journal.mend()
        journal.append(("turn", {"again": True}))
        cuts.told.append(journal.head)
        cuts.look()

        broken = disk.nodes.get(PATH.with_name("game.jsonl.broken-1"))
        assert cut == 1 or (broken is not None and content[:-cut].endswith(broken.lasting))


@pytest.mark.parametrize("failure", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT, errno.EFBIG, 0])
def test_whichever_operation_fails_the_game_stands_and_goes_on(failure: int) -> None:
    dry = FakeDisk()
    Journal.create(PATH, [("header", {"x": 600 * "z"})], disk=dry).close()
    first = dry.operations
    play(dry := FakeDisk(), PowerCuts(dry, 0, 0))
    for number in range(first, dry.operations + 30):
        disk = FakeDisk()
        journal = Journal.create(PATH, [("header", {"x": 600 * "z"})], disk=disk)
        cuts = PowerCuts(disk, 3, number)
        cuts.told.append(journal.head)
        disk.failures = {number: failure, number + 1: failure, number + 4: errno.EIO}
        for entry in entries():
            patient_append(journal, entry, cuts)

        assert scan(bytes(disk.nodes[PATH].now)).head == journal.head
        assert [record.data()["n"] for record in journal.records[1:]] == list(range(len(SIZES)))


def patient_append(journal: Journal, entry: tuple[str, object], cuts: PowerCuts) -> None:
    """Tries until the disk takes it, and looks that a refusal leaves the game as it was."""
    for _ in range(5):
        before = journal.head
        try:
            journal.append(entry)
        except NotSaved as error:
            assert "not saved" in str(error)
            assert "Traceback" not in str(error)
            assert journal.head == before
        else:
            cuts.told.append(journal.head)
            return
    raise AssertionError("the disk works again, and still nothing is saved")


@pytest.mark.parametrize("number", range(1, 9))
@pytest.mark.parametrize("failure", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_a_game_that_cannot_be_saved_is_refused_at_its_start(number: int, failure: int) -> None:
    disk = FakeDisk()
    disk.failures = {number: failure}
    try:
        Journal.create(PATH, [("header", {"x": 600 * "z"})], disk=disk)
    except JournalError as error:
        assert "no game can be saved" in str(error)
        assert PATH not in disk.nodes
    else:
        # What failed came after the save was safe: the note that tells who writes.
        assert scan(disk.nodes[PATH].lasting).verdict.kind == "clean"


def test_a_full_disk_is_told_and_forgotten_when_there_is_room() -> None:
    disk = FakeDisk(limit=2000)
    journal = Journal.create(PATH, [("header", {"x": 600 * "z"})], disk=disk)
    size = len(disk.nodes[PATH].now)
    with pytest.raises(NotSaved, match=r"not saved: the disk is full\. Nothing has changed; free some space"):
        journal.append(("turn", {"x": "y" * 3000}))
    assert len(disk.nodes[PATH].now) == size
    journal.append(("turn", {"x": "short"}))
    disk.limit = None
    journal.append(("turn", {"x": "y" * 3000}))

    assert len(scan(bytes(disk.nodes[PATH].now)).records) == 3


def test_a_failed_sync_is_never_asked_of_the_same_handle_again() -> None:
    disk = FakeDisk()
    journal = Journal.create(PATH, [("header", {})], disk=disk)
    file = journal._file
    disk.failures = {disk.operations + 2: errno.EIO}
    with pytest.raises(NotSaved, match="input/output error"):
        journal.append(("turn", {"n": 1}))
    assert isinstance(file, FakeFile)
    assert file._closed
    journal.append(("turn", {"n": 2}))

    assert [record.data() for record in scan(bytes(disk.nodes[PATH].now)).records[1:]] == [{"n": 2}]


def test_a_file_that_went_away_is_told_and_the_game_can_be_saved_elsewhere() -> None:
    disk = FakeDisk()
    journal = Journal.create(PATH, [("header", {})], disk=disk)
    journal.append(("turn", {"n": 1}))
    del disk.nodes[PATH]
    disk.failures = {disk.operations + 1: errno.EIO, disk.operations + 2: errno.EIO}
    for _ in range(2):
        with pytest.raises(NotSaved):
            journal.append(("turn", {"n": 2}))
    copy = journal.save_as(PATH.with_name("else.jsonl"), disk=disk)
    copy.append(("turn", {"n": 2}))

    assert len(scan(bytes(disk.nodes[PATH.with_name("else.jsonl")].now)).records) == 3


def test_a_file_changed_by_others_is_not_written_to() -> None:
    disk = FakeDisk()
    journal = Journal.create(PATH, [("header", {})], disk=disk)
    disk.failures = {disk.operations + 2: errno.EIO}
    with pytest.raises(NotSaved):
        journal.append(("turn", {"n": 1}))
    disk.nodes[PATH].now[5] ^= 1
    changed = bytes(disk.nodes[PATH].now)
    with pytest.raises(NotSaved, match="changed by others"):
        journal.append(("turn", {"n": 1}))

    assert bytes(disk.nodes[PATH].now) == changed


KILLS = """
import json, os, random, signal, sys, time
from pathlib import Path
from wargame.session.journal import Journal
from wargame.session.scan import scan

folder, kills, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
rng = random.Random(seed)
lost, torn, told_in_all = 0, 0, 0
for number in range(kills):
    path = folder / f"{number}.jsonl"
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        journal = Journal.create(path, [("header", {"x": 600 * "z"})])
        os.write(writer, b"h")
        for step in range(100_000):
            journal.append(("turn", {"n": step, "x": "y" * (step * 997 % 20_000)}))
            os.write(writer, b"t")
    os.close(writer)
    assert os.read(reader, 1) == b"h"
    time.sleep(rng.random() * 0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told = 1
    while piece := os.read(reader, 65536):
        told += len(piece)
    os.close(reader)
    told_in_all += told
    found = scan(path.read_bytes())
    torn += found.verdict.kind == "torn"
    journal = Journal.open(path)
    journal.append(("turn", {"n": "after"}))
    journal.close()
    good = found.verdict.can_continue and told <= len(found.records) <= told + 1
    lost += not (good and scan(path.read_bytes()).verdict.kind == "clean")
    path.unlink()
print(json.dumps({"kills": kills, "lost": lost, "torn": torn, "told": told_in_all}))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills processes")
def test_kill_9_loses_nothing_that_was_told(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLS, str(tmp_path), "200", "11"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout)

    assert outcome["lost"] == 0
    assert outcome["kills"] == 200
    assert outcome["told"] > 400


LIMITED = """
import resource, sys
from pathlib import Path
from wargame.errors import NotSaved
from wargame.session.journal import Journal

resource.setrlimit(resource.RLIMIT_FSIZE, (2000, resource.RLIM_INFINITY))
journal = Journal.create(Path(sys.argv[1]), [("header", {"x": 600 * "z"})])
try:
    journal.append(("turn", {"x": 3000 * "y"}))
except NotSaved as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
journal.append(("turn", {"x": 3000 * "y"}))
journal.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sets a limit of the system")
def test_a_limit_of_the_system_is_told_as_a_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)], capture_output=True, text=True, timeout=60, check=False
    )

    assert done.stderr == ""
    assert done.stdout.startswith("not saved: the disk is full. Nothing has changed; free some space")
    assert [record.kind for record in scan(path.read_bytes()).records] == ["header", "turn"]
