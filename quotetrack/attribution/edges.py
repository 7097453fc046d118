"""Edges of arguments that a sequence model leaves ragged: times, circumstances, openings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotetrack import data
from quotetrack.attribution.labels import CONTENT, of_roles
from quotetrack.attribution.lexicon import verbs
from quotetrack.attribution.phrases import TIMES
from quotetrack.attribution.reading import FINITE, NOMINATIVE, OBJECTIVE

if TYPE_CHECKING:
    from quotetrack.attribution.view import View

_NAMING = data.words("naming_verbs.txt")
_PASSIVES = data.words("cue_passives.txt")
_CIRCUMSTANCES = data.words("cue_circumstances.txt")
_MARKS = frozenset((",", ":", ".", "Q", "CC"))
_OPENS_CONTENT = frozenset(("IN", ":", ",", "Q"))
"""Tags of what the content of a cue of several words begins with, or a mark before it."""
_FINITES = [[tag] for tag in FINITE]
_AND = frozenset(("and", "but", "so", "yet"))
_SUBJECT_BEGINS = frozenset(("DT", "PRP", "PRP$", "EX", "NN", "NNS", "NNP", "CD", "IN", "JJ"))
_ASKED = frozenset(("how", "what", "whether", "which", "who", "why"))
_BESIDES = ([",", "with"], [",", "though"], [",", "although"], [",", "whereas"])
"""What opens the words of somebody else, where the rules end the content."""
_INTO_INFINITIVE = 3
"""Tokens from "to" to what is promised, where a second cue is seen in the infinitive."""
_FURTHEST = 10
"""Tokens between a cue and the "that" of its content."""


def tidy(view: View, first: int, last: int, found: str) -> str:
    """Labels without what belongs to neither argument of the cue ``first:last``."""
    rule = view.rule_labels.get(first)
    if rule is not None and first == 0 and view.words[:2] == ["according", "to"]:
        stated = any(t in FINITE and role == "C" for t, role in zip(view.tags, rule, strict=True))
        if stated:
            return of_roles(rule)  # the rules know the commas of "According to Ann Lee, 52, …"
    if view.words[first] == "as" and view.tags[first + 1] == "VBG":
        quoted = next((k for k in view.rule_labels if "quoted" in view.words[k:first]), None)
        if quoted is not None and "C" in view.rule_labels[quoted]:
            return of_roles(view.rule_labels[quoted])  # "Lee was quoted by the paper as saying"
    if _names(view, first, last):
        return "-" * len(found)
    if _is_handled(view, last, found):
        return "-" * len(found)
    labels = list(found)
    _drop_inside(view, first, last, labels)
    _drop_impersonal(view, first, last, labels)
    _drop_as(view, labels)
    if last - first == 1 and view.tags[first] in {"VBG", "VBN"}:
        _end_with_quotation(view, last, labels)
    roles = "".join(labels).upper()
    if -1 < roles.rfind("S") < first:
        _drop_times(view, _sources(roles), labels)
    elif roles.find("S") >= last:
        _drop_circumstances(view, _sources(roles), labels)
    begin = roles.find("C")
    if last < begin <= last + _INTO_INFINITIVE and view.tags[last : last + 2] == ["TO", "VB"]:
        labels[last : begin + 1] = "C" + "c" * (begin - last)  # "promised [to publish it]"
    if begin == last:
        _open_with_that(view, last, labels)
        _open_after_time(view, last, labels)
        _open_after_person(view, last, labels)
    if rule is not None and "S" not in roles and _ends_in_source(rule, first, labels):
        return of_roles(rule)
    if -1 < begin < first:
        _drop_behind_cue(view, last, labels)
    if rule is not None and begin >= last:
        _open_with_rule(view, rule, last, labels)
        _end_with_clause(view, rule, labels)
        _go_on_with_that(view, rule, labels)
    return "".join(labels)


def _ends_in_source(rule: list[str], first: int, labels: list[str]) -> bool:
    """ "It is shut, the club has confirmed": content runs into what the rules have for source."""
    before = rule[:first]
    return before[-1:] == ["S"] and "C" in before and labels[first - 1] in CONTENT


def _sources(roles: str) -> list[int]:
    return [i for i, role in enumerate(roles) if role == "S"]


def _end_with_quotation(view: View, last: int, labels: list[str]) -> None:
    """ "Signs reading “Out” hung there": the main verb behind the marks is the narrator's."""
    opening = next((i for i in range(last, len(labels)) if labels[i] in CONTENT), len(labels))
    opening += view.words[opening : opening + 1] == ["as"]
    if view.tags[opening : opening + 1] != ["Q"] or "Q" not in view.tags[opening + 1 :]:
        return
    end = view.tags.index("Q", opening + 1) + 1
    if end < len(labels) and (view.tags[end] in FINITE or view.words[end] == "by"):
        labels[end:] = ["-" if label in CONTENT else label for label in labels[end:]]


def _is_time(view: View, i: int) -> bool:
    return view.words[i] in TIMES


def _names(view: View, first: int, last: int) -> bool:
    """ "A film called “Salt Road”": a name, nothing that is said."""
    tags = view.tags
    if view.words[first] not in _NAMING or last - first != 1 or not first:
        return False
    if tags[first] != "VBN" or tags[first - 1] not in {"NN", "NNS", ","} or tags[last] != "Q":
        return False
    closing = tags.index("Q", last + 1) if "Q" in tags[last + 1 :] else last
    return view.words[closing + 1 : closing + 2] != ["by"]


def _is_handled(view: View, last: int, found: str) -> bool:
    """ "She found her keys": a thing, and a verb that states only in a clause."""
    verb = verbs().get(view.words[last - 1])
    if verb is None or verb.manner != "document" or "object" in verb.takes or "S" not in found:
        return False
    roles = found.upper()
    source = view.words[roles.index("S")]
    content = [i for i, role in enumerate(roles) if role == "C"]
    joint = next((k for k, i in enumerate(content) if view.words[i] in _AND), len(content))
    del content[joint:]
    return source in NOMINATIVE and not any(
        view.quoted[i] or view.tags[i] in FINITE or view.words[i] in {"no", "that"} for i in content
    )


def _open_with_rule(view: View, rule: list[str], last: int, labels: list[str]) -> None:
    """ "said under oath he had left": content opens with the pronoun, where the rules say so."""
    begin = rule.index("C") if "C" in rule else 0
    if (
        last < begin <= last + _FURTHEST
        and view.tags[begin] in {"PRP", "EX"}
        and view.tags[last] == "IN"
        and all(label in CONTENT for label in labels[last : begin + 1])
        and not any(tag in FINITE for tag in view.tags[last:begin])
    ):
        labels[last:begin] = "-" * (begin - last)
        labels[begin] = "C"


def _drop_behind_cue(view: View, last: int, labels: list[str]) -> None:
    """ "It leaks, according to Lee, who added that …": the further cue has that content."""
    for i in range(last + 1, len(labels)):
        if labels[i] == "C" and view.words[i] == "that" and view.rule_cues[i - 1] != "-":
            labels[i:] = ["-" if label in CONTENT else label for label in labels[i:]]
            return


def _drop_inside(view: View, first: int, last: int, labels: list[str]) -> None:
    """ "issued a statement saying …", "expressed fear that …": the content begins behind it."""
    if last >= len(labels) or all(label == "-" for label in labels[first:last]):
        return
    said = view.tags[last - 1] == "VBG" and view.words[last - 1] in verbs()
    if said or view.tags[last] in _OPENS_CONTENT or _is_time(view, last - 1):
        labels[first:last] = "-" * (last - first)
        labels[last] = labels[last].upper()


def _drop_impersonal(view: View, first: int, last: int, labels: list[str]) -> None:
    """ "It was announced that", "It is odd to note that": nobody is named.

    The same "it" is no piece of the content either.
    """
    it = first if view.words[first] == "it" else first - 1
    if it < 0 or view.words[it] != "it" or _PASSIVES.isdisjoint(view.words[it + 1 : it + 2]):
        return
    opening = next((i for i in range(last, len(labels)) if labels[i] in CONTENT), first)
    if view.words[opening] in {"that", "whether"} and (
        view.tags[last - 1] == "VBN" or "TO" in view.tags[it + 1 : last]
    ):
        labels[it] = "-"


def of_nobody(view: View, first: int, last: int) -> bool:
    """Whether the cue is a passive without "by": "Lee was told that", "Lee is expected to go"."""
    verb = verbs().get(view.words[last - 1])
    helper = _PASSIVES.intersection(view.words[first : last - 1])
    if verb is None or view.tags[last - 1] != "VBN" or not helper or helper == {"'s"}:
        return False
    following = view.words[last : last + 1]
    return following != ["by"] and ("person" in verb.takes or following == ["to"])


def _drop_as(view: View, labels: list[str]) -> None:
    """ "As Lee said, it leaks": no piece of the content is "as"."""
    if view.words[0] in {"as", "like"} and labels[0] in CONTENT and labels[1:2] == ["S"]:
        labels[0] = "-"
        if "C" not in labels and "c" in labels:
            labels[labels.index("c")] = "C"


def _open_after_person(view: View, last: int, labels: list[str]) -> None:
    """ "asked her which it was", "asked Lee why": content opens behind the one addressed."""
    verb = verbs().get(view.words[last - 1])
    end = last + (view.words[last] in OBJECTIVE)
    while end < len(labels) and view.tags[end] == "NNP" and verb and "person" in verb.takes:
        end += 1
    if last < end < len(labels) and labels[end] in CONTENT and view.words[end] in _ASKED:
        labels[last:end] = "-" * (end - last)
        labels[end] = "C"


def _open_after_time(view: View, last: int, labels: list[str]) -> None:
    """ "said Friday prices will rise": the day is the cue's, if a subject or "to" follows it."""
    i = last
    while i < len(labels) and labels[i] in CONTENT and view.tags[i] == "NNP" and _is_time(view, i):
        i += 1
    opens = i < len(labels) and (view.tags[i] == "TO" or view.tags[i] in _SUBJECT_BEGINS)
    if last < i < len(labels) and labels[i] in CONTENT and opens:
        labels[last:i] = "-" * (i - last)
        labels[i] = "C"


def _go_on_with_that(view: View, rule: list[str], labels: list[str]) -> None:
    """ "said it was “old” and that …": a further "that" is content where the rules have it."""
    end = len(labels)
    while labels[end - 1] not in CONTENT:
        end -= 1
    at = end + (view.words[end : end + 1] == [","])
    if view.words[at : at + 2] != ["and", "that"] or set(rule[end - 1 : at + 2]) != {"C"}:
        return
    while end < len(rule) and rule[end] == "C":
        labels[end] = "c"
        end += 1


def _end_with_clause(view: View, rule: list[str], labels: list[str]) -> None:
    """Content that the rules end before a new clause or a further cue ends there.

    "said it leaked, but he …"; "said it leaked and denied that …"; "said it leaked, with
    Lee adding …"; "the claim that it leaked has …".
    """
    end = labels.index("C") if "C" in labels else 0
    if not end or rule[end] != "C" or rule[end - 1] == "C":
        return
    while end < len(rule) and rule[end] == "C":
        end += 1
    if end + 2 < len(labels) and view.words[end : end + 2] in _BESIDES and "C" not in rule[end:]:
        labels[end:] = ["-" if label in CONTENT else label for label in labels[end:]]
    elif end + 2 < len(labels) and labels[end] in CONTENT and not any(view.quoted[end:]):
        following = end + 1
        while view.tags[following] == "RB" and following + 1 < len(labels):
            following += 1
        word = view.words[end]
        if (
            (word == "," and view.words[end + 1] in _AND and view.tags[end + 2] == "PRP")
            or (word in _AND and view.rule_cues[following][0] == "B")
            or word == ";"
            or (view.tags[end] in FINITE and "C" not in rule[end:])
        ):
            labels[end:] = ["-" if label in CONTENT else label for label in labels[end:]]


def _is_manner(view: View, i: int) -> bool:
    return view.tags[i] == "RB" and view.words[i].endswith("ly")


def _drop_times(view: View, source: list[int], labels: list[str]) -> None:
    """ "Lee on Sunday said", "Lee wrongly said": day and manner are the cue's."""
    end = len(source)
    commas = [k for k in range(end) if view.words[source[k]] == ","]
    if commas and any(view.tags[i][:2] == "VB" for i in source[commas[-1] :]):
        return  # "Lee, who left on Sunday, said"
    while end > 1 and (_is_time(view, source[end - 1]) or _is_manner(view, source[end - 1])):
        end -= 1
    if end < len(source) and end > 1 and view.tags[source[end - 1]] == "IN":
        end -= 1
    for i in source[end:]:
        labels[i] = "-"


def _drop_circumstances(view: View, source: list[int], labels: list[str]) -> None:
    for k in range(1, len(source) - 1):
        following = source[k + 1]
        if view.words[source[k]] == "," and (
            view.tags[following] == "VBG"
            or (view.words[following] in _AND and view.tags[source[-1] + 1 :][:1] in _FINITES)
            or view.words[following] in _CIRCUMSTANCES
        ):
            for i in source[k:]:
                labels[i] = "-"
            return


def _open_with_that(view: View, last: int, labels: list[str]) -> None:
    """ "said Tuesday that …", "said in a note to staff that …": the content opens with "that"."""
    cue = verbs().get(view.words[last - 1])
    if not (
        view.tags[last] in {"IN", "TO", "RB"}
        or _is_time(view, last)
        or (cue is not None and "person" in cue.takes)
    ):
        return
    for i in range(last, min(last + _FURTHEST, len(labels))):
        tag = view.tags[i]
        if labels[i] not in CONTENT:
            return
        if view.words[i] == "that" and tag != "DT":
            if i > last and view.tags[i - 1] != "IN":
                labels[last:i] = "-" * (i - last)
                labels[i] = "C"
            return
        if tag in FINITE or tag in _MARKS or (tag == "TO" and view.tags[i + 1 : i + 2] == ["VB"]):
            return
