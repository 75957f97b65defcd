"""The addresses of the console, and who may use them."""

from __future__ import annotations

from web.access import Endpoint, Guarded, Who
from web.console import auditlog, cases, coverage, draft, explain, facts, fixes, guidelines, inbox, reports
from web.signin.guard import ForPeople


def _see(path: str, endpoint: Endpoint, name: str, who: Who = Who.READER) -> ForPeople:
    return ForPeople(f"/console{path}", endpoint, who=who, methods=["GET"], name=f"console-{name}")


def _do(path: str, endpoint: Endpoint, name: str, who: Who = Who.OWNER) -> ForPeople:
    return ForPeople(f"/console{path}", endpoint, who=who, methods=["POST"], name=f"console-{name}")


CONSOLE: tuple[Guarded, ...] = (
    _see("", inbox.get_inbox, "inbox"),
    _do("/assign", inbox.post_assign, "assign"),
    _see("/similar", inbox.get_similar, "similar"),
    _do("/similar/merge", inbox.post_merge, "similar-merge"),
    _see("/cases/{case}", cases.get_case, "case"),
    _do("/cases/{case}/move", cases.post_move, "case-move"),
    _do("/cases/{case}/not-a-question", cases.post_not_a_question, "case-not-a-question"),
    _do("/cases/{case}/assign", cases.post_assign, "case-assign"),
    _do("/cases/{case}/note", cases.post_note, "case-note"),
    _do("/cases/{case}/withdraw", cases.post_withdraw, "case-withdraw"),
    _do("/cases/{case}/undo", cases.post_undo, "case-undo"),
    _do("/cases/{case}/merge", cases.post_merge, "case-merge"),
    _do("/cases/{case}/split", cases.post_split, "case-split"),
    _see("/guidelines", guidelines.get_guidelines, "guidelines"),
    _see("/guidelines/{guideline}", guidelines.get_guideline, "guideline"),
    _see("/guidelines/{guideline}/edit", guidelines.get_edit_guideline, "guideline-edit", Who.OWNER),
    _do("/guidelines/{guideline}", guidelines.post_guideline, "guideline-save"),
    _see("/new-guideline", guidelines.get_edit_guideline, "guideline-new", Who.OWNER),
    _do("/new-guideline", guidelines.post_guideline, "guideline-add"),
    _see("/rules/{rule}", guidelines.get_rule, "rule"),
    _see("/guidelines/{guideline}/new-rule", guidelines.get_edit_rule, "rule-new", Who.OWNER),
    _do("/guidelines/{guideline}/rules", guidelines.post_rule, "rule-add"),
    _see("/guidelines/{guideline}/rules/{rule}", guidelines.get_edit_rule, "rule-edit", Who.OWNER),
    _do("/guidelines/{guideline}/rules/{rule}", guidelines.post_rule, "rule-save"),
    _do("/guidelines/{guideline}/rules/{rule}/remove", guidelines.post_remove_rule, "rule-remove"),
    _do("/lint", fixes.post_lint, "lint"),
    _do("/guidelines/{guideline}/revert", draft.post_revert, "guideline-revert"),
    _do("/cases/{case}/alias", fixes.post_alias, "case-alias"),
    _see("/cases/{case}/rule", fixes.get_rule_from_case, "case-rule", Who.OWNER),
    _do("/cases/{case}/rule", fixes.post_rule_from_case, "case-rule-save"),
    _see("/facts", facts.get_facts, "facts"),
    _see("/facts/countries/{country}", facts.get_country, "country", Who.OWNER),
    _do("/facts/countries/{country}", facts.post_country, "country-save"),
    _do("/facts/countries/{country}/back", facts.post_country_back, "country-back"),
    _see("/new-country", facts.get_country, "country-new", Who.OWNER),
    _do("/new-country", facts.post_country, "country-add"),
    _see("/facts/practices/{practice}", facts.get_practice, "practice", Who.OWNER),
    _do("/facts/practices/{practice}", facts.post_practice, "practice-save"),
    _do("/facts/practices/{practice}/back", facts.post_practice_back, "practice-back"),
    _see("/new-practice", facts.get_practice, "practice-new", Who.OWNER),
    _do("/new-practice", facts.post_practice, "practice-add"),
    _see("/draft", draft.get_draft, "draft"),
    _do("/draft/submit", draft.post_submit, "draft-submit", Who.SUBMITTER),
    _do("/draft/take-back", draft.post_take_back, "draft-take-back", Who.SUBMITTER),
    _do("/draft/approve", draft.post_approve, "draft-approve", Who.APPROVER),
    _do("/draft/send-back", draft.post_send_back, "draft-send-back", Who.APPROVER),
    _do("/draft/discard", draft.post_discard, "draft-discard"),
    _do("/draft/revert-name", draft.post_revert_concept, "draft-revert-name"),
    _see("/editions", draft.get_editions, "editions"),
    _see("/editions/{number}", draft.get_edition, "edition"),
    _see("/coverage", coverage.get_coverage, "coverage"),
    _see("/coverage.{kind}", coverage.get_coverage_file, "coverage-file"),
    _see("/explain", explain.get_explain, "explain"),
    _do("/explain", explain.post_explain, "explain-form", Who.READER),
    _see("/reports", reports.get_reports, "reports"),
    _see("/reports.csv", reports.get_reports_csv, "reports-csv"),
    _see("/audit", auditlog.get_audit, "audit", Who.AUDITOR),
    _see("/audit.csv", auditlog.get_audit_csv, "audit-csv", Who.AUDITOR),
    _see("/help", auditlog.get_help, "help"),
)
