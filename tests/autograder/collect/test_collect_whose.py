"""`autograder collect`: whose a file is, by each platform's names and by the roster."""

import json
import re

import pytest
from collecting import dated_course, laid, statuses, table, take, there, zipped

from autograder.errors import UserError

# Whose a file is, platform by platform.


@pytest.fixture
def root(tmp_path):
    return dated_course(tmp_path)


def test_a_moodle_zip_with_folders_and_without(root):
    take(root, zipped(root / "PS1-12.zip", {
        "Ada Lovelace_4711_assignsubmission_file_/sums.ipynb": "ada",
        "Ada Lovelace_4711_assignsubmission_file_/data/more.ipynb": "more",
        "Zoë Ångström_4712_assignsubmission_file/sums.ipynb": "zoë",
        "李 小龍_4713_assignsubmission_file_sums (1).ipynb": "lee",
        "Ada Lovelace_4711_assignsubmission_onlinetext/onlinetext.html": "words",
    }))
    assert there(root) == {
        "Ada Lovelace/ps1/sums.ipynb": "ada", "Ada Lovelace/ps1/data/more.ipynb": "more",
        "Ada Lovelace/ps1/onlinetext.html": "words", "Zoë Ångström/ps1/sums.ipynb": "zoë",
        "李 小龍/ps1/sums (1).ipynb": "lee",
    }


def test_two_of_a_name_in_moodle_get_their_numbers(root):
    take(root, zipped(root / "m.zip", {
        "Wei Li_1_assignsubmission_file/sums.ipynb": "one", "Wei Li_2_assignsubmission_file/sums.ipynb": "two"}))
    assert there(root) == {"Wei Li 1/ps1/sums.ipynb": "one", "Wei Li 2/ps1/sums.ipynb": "two"}


def test_a_canvas_zip(root):
    take(root, zipped(root / "submissions.zip", {
        "lovelaceada_111_90001_sums-1.ipynb": "ada", "hopper_LATE_112_90002_sums.ipynb": "grace",
        "hopper_LATE_112_90003_sums.ipynb": "again", "noether_113_text.html": "words"}))
    assert there(root) == {
        "lovelaceada_111/ps1/sums-1.ipynb": "ada", "hopper_112/ps1/sums.ipynb": "grace",
        "hopper_112/ps1/sums (2).ipynb": "again", "noether_113/ps1/noether_113_text.html": "words"}
    assert statuses(root) == [
        ("counts", "hopper_112", "late"), ("counts", "lovelaceada_111", ""), ("counts", "noether_113", "")]


def test_google_classroom_as_drive_packs_it(root):
    take(root, zipped(root / "ps1-20261201T101010Z-001.zip", {
        "ps1/Ada Lovelace - sums.ipynb": "ada", "ps1/Copy of sums - Zoë Å.ipynb": "zoë", "ps1/sums.ipynb": "whose"}))
    assert there(root) == {
        "Ada Lovelace/ps1/Ada Lovelace - sums.ipynb": "ada", "Zoë Å/ps1/Copy of sums - Zoë Å.ipynb": "zoë",
        ".unmatched/ps1/ps1/sums.ipynb": "whose"}


def test_a_folder_with_folders_and_files_named_by_student(root):
    summary = take(root, laid(root / "in", {
        "ada/sums.ipynb": "1", "ada/deep/er/sums.ipynb": "2", "bo/ps1/sums.ipynb": "3", "bo/ps2/other.ipynb": "4",
        "cy.ipynb": "5", "sums_di.ipynb": "6", "Eve-sums.ipynb.txt": "7", "fay.zip": "8", "gus (1).json": "9",
        "readme.txt": "not a student's", ".DS_Store": "", "ada/.ipynb_checkpoints/sums.ipynb": ""}))
    assert there(root) == {
        "ada/ps1/sums.ipynb": "1", "ada/ps1/deep/er/sums.ipynb": "2", "bo/ps1/sums.ipynb": "3", "cy/ps1/cy.ipynb": "5",
        "di/ps1/sums_di.ipynb": "6", "Eve/ps1/Eve-sums.ipynb.txt": "7", "fay/ps1/fay.zip": "8",
        "gus/ps1/gus (1).json": "9", ".unmatched/ps1/readme.txt": "not a student's"}
    assert summary.elsewhere == 1


def test_one_notebook(root):
    take(root, laid(root, {"Ada Lovelace.ipynb": "ada"}) / "Ada Lovelace.ipynb")
    take(root, laid(root, {"sums.ipynb": "whose"}) / "sums.ipynb")
    assert there(root) == {
        "Ada Lovelace/ps1/Ada Lovelace.ipynb": "ada", ".unmatched/ps1/sums.ipynb": "whose"}


@pytest.mark.parametrize("below", ["inbound", ""])
def test_nbgraders_exchange(root, below):
    laid(root / "exchange" / "inbound", {
        "ada+ps1+2026-11-29 10:00:00.000000 UTC/sums.ipynb": "early",
        "ada+ps1+2026-11-30 22:58:59.123456 UTC+x1Yz/sums.ipynb": "in time",
        "ada+ps1+2026-11-30 22:59:01.000000 UTC/sums.ipynb": "late",
        "c+plus+ps1+2026-11-30 23:30:00 CET/sums.ipynb": "plus",
        "bo+ps2+2026-11-30 12:00:00 UTC/other.ipynb": "other"})
    summary = take(root, root / "exchange" / below if not below else root / "exchange")
    assert there(root) == {
        "ada/ps1/sums.ipynb": "in time", ".others/ada/ps1/2026-11-29T10-00-00Z/sums.ipynb": "early",
        ".others/ada/ps1/2026-11-30T22-59-01Z/sums.ipynb": "late", "c+plus/ps1/sums.ipynb": "plus"}
    assert summary.elsewhere == 1


def test_a_pattern_of_ones_own(root):
    take(root, laid(root / "in", {
        "ps1_bitdiddle_attempt_2026-11-30-23-58-00_sums.ipynb": "in time",
        "ps1_bitdiddle_attempt_2026-12-01-00-00-00_sums.ipynb": "late", "else.ipynb": "?"}),
        pattern=r".*_(?P<student_id>\w+)_attempt_(?P<timestamp>[0-9\-]+)_(?P<file_id>\w+)")
    assert there(root) == {
        "bitdiddle/ps1/sums.ipynb": "in time", ".others/bitdiddle/ps1/2026-11-30T23-00-00Z/sums.ipynb": "late",
        ".unmatched/ps1/else.ipynb": "?"}


@pytest.mark.parametrize("path", [
    "Mallory_7_assignsubmission_file/ada+ps1+2026-01-01 00:00:00 UTC/sums.ipynb",
    "Mallory_7_assignsubmission_file/Ada Lovelace_8_assignsubmission_file/sums.ipynb",
    "Mallory_7_assignsubmission_file_Ada Lovelace_8_assignsubmission_file_sums.ipynb",
    "Mallory_7_assignsubmission_file/inbound/ada+ps1+2026-01-01 00:00:00 UTC/sums.ipynb",
    "Mallory_7_assignsubmission_file/ada_8_9000_sums.ipynb",
])
def test_what_a_student_calls_a_file_makes_it_nobody_elses(root, path):
    take(root, zipped(root / "ps1.zip", {path: "mine"}))
    assert [row["student"] for row in table(root)] == ["Mallory"]


def test_a_student_hands_in_a_record_of_the_time(root):
    forged = json.dumps({"collected": "2020-01-01T00:00:00Z", "time": "2020-01-01T00:00:00Z"})
    take(root, zipped(root / "c.zip", {"eve_LATE_1_900_.handin": forged, "eve_LATE_1_901_sums.ipynb": "late"}))
    assert statuses(root) == [("counts", "eve_1", "late")]
    assert there(root)["eve_1/ps1/_handin"] == forged


# The roster.

ROSTER = """id,name,email,moodle,canvas
al1,"Lovelace, Ada",ada@uni.example,Participant 4711,111
zoe,Zoë Maria Ångström,zoe@uni.example,,
lee,李 小龍,lee@uni.example,,
wei1,Wei Li,wei1@uni.example,,201
wei2,Wei Li,wei2@uni.example,,202
"""


@pytest.mark.parametrize("name, student", [
    ("Ada Lovelace_9_assignsubmission_file/sums.ipynb", "al1"),
    ("ADA  LOVELACE_9_assignsubmission_file/sums.ipynb", "al1"),
    ("Participant_4711_assignsubmission_file/sums.ipynb", "al1"),
    ("angstromzoemaria_5_9000_sums.ipynb", "zoe"),
    ("ångströmzoëmaria_5_9000_sums.ipynb", "zoe"),
    ("whoever_111_9000_sums.ipynb", "al1"),
    ("liwei_202_9000_sums.ipynb", "wei2"),
    ("Ångström Zoë Maria/sums.ipynb", "zoe"),
    ("A\u030angstro\u0308m Zoe\u0308 Maria/sums.ipynb", "zoe"),
    ("李小龍.ipynb", "lee"),
    ("zoe@uni.example.ipynb", "zoe"),
    ("Lovelace, Ada - sums.ipynb", "al1"),
    ("ZOE/sums.ipynb", "zoe"),
    ("\uff3a\uff4f\uff45/sums.ipynb", "zoe"),  # in the wide letters of East Asian keyboards
    ("wei1/sums.ipynb", "wei1"),
])
def test_a_roster_knows_a_student_by_all_their_names(root, name, student):
    take(root, zipped(root / "in.zip", {name: "x"}), roster=ROSTER)
    assert [row["student"] for row in table(root) if row["status"] == "counts"] == [student]


@pytest.mark.parametrize("name, sentence", [
    ("Wei Li_9_assignsubmission_file/sums.ipynb", "'Wei Li' fits several students of the roster, wei1, wei2"),
    ("Ada Lovelac_9_assignsubmission_file/sums.ipynb", "'Ada Lovelac' is not in the roster"),
    ("lovelace_11_9000_sums.ipynb", "'lovelace' is not in the roster"),
    ("4711.ipynb", "'4711' is not in the roster"),
])
def test_who_is_not_clear_is_kept_and_listed(root, name, sentence):
    summary = take(root, zipped(root / "in.zip", {name: "x"}), roster=ROSTER)
    (row,) = [row for row in table(root) if row["status"] == "unmatched"]
    assert row["note"] == sentence and (root / "submitted" / row["where"]).read_text() == "x"
    assert any(sentence in line for line in summary.sentences())
    assert len([row for row in table(root) if row["status"] == "missing"]) == 5


def test_what_was_unmatched_is_taken_once_the_roster_knows_it(root):
    source = zipped(root / "in.zip", {"Bo B_1_assignsubmission_file/sums.ipynb": "bo", "Cy_2_assignsubmission_file/x.ipynb": "cy"})
    take(root, source, roster="id,name\nal1,Ada\n")
    assert set(there(root).values()) == {"bo", "cy"} and all(path.startswith(".unmatched/") for path in there(root))
    take(root, source, roster="id,name\nal1,Ada\nbo,Bo B\n")
    assert sorted(there(root)) == [".unmatched/ps1/Cy_2_assignsubmission_file/x.ipynb", "bo/ps1/sums.ipynb"]
    assert [row["status"] for row in table(root)] == ["counts", "unmatched", "missing"]


def test_an_unmatched_file_is_kept_once_and_no_other_student_makes_it_go(root):
    source = zipped(root / "in.zip", {"sums.ipynb": "untouched"})
    take(root, source)
    take(root, zipped(root / "in.zip", {"sums.ipynb": "changed"}))
    take(root, source)
    take(root, zipped(root / "in.zip", {"sums.ipynb": "changed", "ada/sums.ipynb": "untouched"}))
    assert there(root) == {
        ".unmatched/ps1/sums.ipynb": "untouched", ".unmatched/ps1/sums (2).ipynb": "changed",
        "ada/ps1/sums.ipynb": "untouched"}
    assert statuses(root) == [("counts", "ada", ""), ("unmatched", "", ""), ("unmatched", "", "")]


def test_what_another_source_left_unmatched_or_refused_stays_listed(root):
    take(root, zipped(root / "a.zip", {"sums.ipynb": "whose", "../x.ipynb": "out"}))
    take(root, zipped(root / "b.zip", {"ada/sums.ipynb": "ada"}))
    assert statuses(root) == [("counts", "ada", ""), ("refused", "", ""), ("unmatched", "", "")]
    take(root, zipped(root / "a.zip", {"bo/sums.ipynb": "bo"}))
    assert statuses(root) == [("counts", "ada", ""), ("counts", "bo", ""), ("unmatched", "", "")]


@pytest.mark.parametrize("header", [
    "id,first_name,last_name,email,lms_user_id\nal1,Ada,Lovelace,a@x.org,111",
    "Identifier;Full name;ID number;Email address;Status\nParticipant 9;Ada Lovelace;al1;a@x.org;Submitted",
    "First name\tSurname\tID number\nAda\tLovelace\tal1",
    "Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n\"Lovelace, Ada\",111,S1,al1,A",
])
def test_rosters_as_platforms_write_them(root, header):
    take(root, zipped(root / "in.zip", {"lovelaceada_111_9000_sums.ipynb": "x"}), roster="\ufeff" + header + "\n")
    assert [row["status"] for row in table(root)] == ["counts"]
    assert table(root)[0]["student"] == ("111" if header.startswith("Student") else "al1")


def test_the_id_in_canvas_gradebook_is_the_number_in_its_file_names(root):
    take(root, zipped(root / "in.zip", {"renamed_111_9000_sums.ipynb": "x"}),
         roster='Student,ID,SIS User ID\n"Lovelace, Ada",111,S1\n')
    assert statuses(root) == [("counts", "111", "")]


def test_moodles_worksheet_knows_when_it_was_handed_in(root):
    worksheet = ('Identifier,Full name,Email address,Last modified (submission)\n'
                 'Participant 1,Ada,ada@x.org,"Monday, 30 November 2026, 11:58 PM"\n'
                 'Participant 2,Bo,bo@x.org,"Tuesday, 1 December 2026, 12:00 AM"\n'
                 'Participant 3,Cy,cy@x.org,-\n')
    take(root, zipped(root / "m.zip", {f"{name}_{number}_assignsubmission_file/sums.ipynb": name
                                       for number, name in enumerate(("Ada", "Bo", "Cy"), 1)}), roster=worksheet)
    assert statuses(root) == [
        ("counts", "ada@x.org", ""), ("counts", "bo@x.org", "late"), ("counts", "cy@x.org", "")]


@pytest.mark.parametrize("content, sentence", [
    (b"name\nAda\n", "has neither a column id nor one called email: it has name."),
    (b"", "has neither a column id nor one called email: it has none."),
    (b"id,name\n1,Ada\n1,Bo\n", "has the id 1 twice."),
    ("id,name\n1,Zoë\n".encode("latin-1"), 'is not in UTF-8: save it as "CSV UTF-8".'),
    (b"id,name\n1,\"" + b"x" * 200_000, "is not a CSV: field larger than field limit"),
])
def test_a_roster_that_is_none(root, content, sentence):
    (root / "r.csv").write_bytes(content)
    with pytest.raises(UserError, match=re.escape(sentence)):
        take(root, zipped(root / "in.zip", {"ada/sums.ipynb": "x"}), people=root / "r.csv")
    assert not (root / "submitted").exists()
