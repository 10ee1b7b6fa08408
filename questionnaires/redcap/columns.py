"""The columns and types of a REDCap data dictionary, in both spellings of its header."""

from __future__ import annotations

# name in the API's metadata: header in the downloaded file
COLUMNS = {
    "field_name": "Variable / Field Name",
    "form_name": "Form Name",
    "section_header": "Section Header",
    "field_type": "Field Type",
    "field_label": "Field Label",
    "select_choices_or_calculations": "Choices, Calculations, OR Slider Labels",
    "field_note": "Field Note",
    "text_validation_type_or_show_slider_number": "Text Validation Type OR Show Slider Number",
    "text_validation_min": "Text Validation Min",
    "text_validation_max": "Text Validation Max",
    "identifier": "Identifier?",
    "branching_logic": "Branching Logic (Show field only if...)",
    "required_field": "Required Field?",
    "custom_alignment": "Custom Alignment",
    "question_number": "Question Number (surveys only)",
    "matrix_group_name": "Matrix Group Name",
    "matrix_ranking": "Matrix Ranking?",
    "field_annotation": "Field Annotation",
}
SECOND_SPELLINGS = {"Matrix Ranking": "matrix_ranking", "Branching Logic": "branching_logic"}
NEEDED = ("field_name", "form_name", "field_type", "field_label")
VALIDATION = "text_validation_type_or_show_slider_number"
CHOICES = "select_choices_or_calculations"
# Columns without a place of their own in an instrument are kept with the question, under these names.
KEPT = (
    "section_header",
    "identifier",
    "custom_alignment",
    "question_number",
    "matrix_group_name",
    "matrix_ranking",
    "field_annotation",
)
KEPT_TYPE, KEPT_VALIDATION, KEPT_LOGIC = "redcap_type", "redcap_validation", "branching_logic"
KEPT_LIMITS = ("text_validation_min", "text_validation_max")

# type in the dictionary: type of the question; the first of those with one question type is written where none is kept
TYPES = {
    "radio": "select_one",
    "dropdown": "select_one",
    "yesno": "select_one",
    "truefalse": "select_one",
    "checkbox": "select_multiple",
    "text": "text",
    "notes": "text",
    "sql": "text",
    "calc": "calculate",
    "descriptive": "note",
    "slider": "range",
    "file": "file",
    "signature": "image",
}
TWO_OPTIONS = {"yesno": (("1", "Yes"), ("0", "No")), "truefalse": (("1", "True"), ("0", "False"))}
SLIDER = "start=0 end=100 step=1"


def type_of_validation(validation: str) -> str:
    """Return the type of a text field: its validation says whether it holds a number, a date or any text."""
    start = validation.split("_", 1)[0]
    if validation == "integer":
        return "integer"
    if start == "number":
        return "decimal"
    return {"date": "date", "datetime": "dateTime", "time": "time"}.get(start, "text")


VALIDATIONS = {
    "integer": "integer",
    "decimal": "number",
    "date": "date_ymd",
    "dateTime": "datetime_ymd",
    "time": "time",
}
