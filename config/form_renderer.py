"""How every form is drawn: one field template, with its hint and its error tied to the input."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class DiaryForms(TemplatesSetting):
    """Form and field templates of this project; widgets of Django where there is none of ours."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
