"""The model's name tells what it was trained from."""

from __future__ import annotations

import pytest

from scripts.train import LEARNED_FROM, SHAPES, cache_path, model_path, remove_others


@pytest.fixture
def project(tmp_path):
    for name in SHAPES:
        path = tmp_path / name
        file = path if path.suffix else path / "made_up.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("made up", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", SHAPES)
def test_whatever_shapes_the_model_changes_its_name(project, name):
    before = model_path(project)
    path = project / name
    (path if path.suffix else path / "made_up.yml").write_text("changed", encoding="utf-8")
    assert model_path(project) != before


def test_a_new_file_and_a_new_name_change_it_too(project):
    first = model_path(project)
    (project / "language/new.py").write_text("made up", encoding="utf-8")
    second = model_path(project)
    (project / "language/new.py").rename(project / "language/other.py")
    assert len({first, second, model_path(project)}) == 3


def test_what_python_writes_beside_the_code_does_not(project):
    before = model_path(project)
    compiled = project / "language/__pycache__/made_up.pyc"
    compiled.parent.mkdir()
    compiled.write_bytes(b"compiled")
    assert model_path(project) == before


@pytest.mark.parametrize("name", SHAPES)
def test_what_was_learned_is_used_again_where_only_sentences_or_rules_changed(project, name):
    before = cache_path(project)
    path = project / name
    (path if path.suffix else path / "made_up.yml").write_text("changed", encoding="utf-8")
    assert (cache_path(project) == before) is (name not in LEARNED_FROM)


def test_models_of_earlier_files_are_removed_and_nothing_else(project):
    model, learned = model_path(project), cache_path(project)
    learned.mkdir(parents=True)
    (model.parent / "learned-000000000000").mkdir()
    for name in (model.name, "amaan-000000000000.tar.gz", "mine.tar.gz"):
        (model.parent / name).write_bytes(b"")
    remove_others(model, learned)
    kept = {model.name, learned.name, "mine.tar.gz"}
    assert {file.name for file in model.parent.iterdir()} == kept
