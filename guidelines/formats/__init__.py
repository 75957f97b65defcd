"""Guidelines in and out of files: packs in YAML, whole editions in JSON, workbooks in XLSX."""

from guidelines.formats.errors import FormatError
from guidelines.formats.names import check_broader, check_names
from guidelines.formats.packs import Content, read_content
from guidelines.formats.plain import (
    concept_from_dict,
    concept_to_dict,
    corpus_from_dict,
    corpus_to_dict,
    dumps,
    guideline_from_dict,
    guideline_to_dict,
)

__all__ = [
    "Content",
    "FormatError",
    "check_broader",
    "check_names",
    "concept_from_dict",
    "concept_to_dict",
    "corpus_from_dict",
    "corpus_to_dict",
    "dumps",
    "guideline_from_dict",
    "guideline_to_dict",
    "read_content",
]
