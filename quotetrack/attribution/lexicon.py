"""The words that introduce content, with their manner and what may follow them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast, get_args

from quotetrack import data
from quotetrack.models import Manner

_VOWELS = frozenset("aeiou")
_AUXILIARIES = frozenset(
    ("be", "have", "do", "will", "would", "can", "could", "may", "might", "must", "shall", "should")
)
_FOR_OR_AGAINST = frozenset(("for", "against", "favor", "favour", "behind", "supporter", "fan"))


@dataclass(slots=True, frozen=True)
class CueWord:
    """A verb or noun that introduces content."""

    lemma: str
    """Base form; the particle of a phrasal verb after a space ("point out")."""
    manner: Manner
    takes: frozenset[str]
    """How the content stands to the word; the list files say which marks there are."""


@dataclass(slots=True, frozen=True)
class CuePhrase:
    """Words that introduce content and hold no verb ("according to")."""

    words: tuple[str, ...]
    """Lower-case; ``*`` stands for the source."""
    manner: Manner
    source: str
    """after, inside or none."""


def _manner(word: str) -> Manner:
    if word not in get_args(Manner):
        raise ValueError(f"no such manner: {word!r}")
    return cast(Manner, word)


def _read(name: str) -> dict[str, CueWord]:
    found = {}
    for line in data.lines(name):
        word, manner, *takes = line.split()
        lemma = word.replace("_", " ")
        found[lemma] = CueWord(lemma, _manner(manner), frozenset(takes))
    return found


@cache
def _irregular_forms() -> dict[str, tuple[str, ...]]:
    """Base form -> its irregular forms."""
    forms: dict[str, tuple[str, ...]] = {}
    for line in data.lines("irregular_verbs.txt"):
        form, base = line.split()
        forms[base] = (*forms.get(base, ()), form)
    return forms


def inflect(verb: str) -> frozenset[str]:
    """Every form of a verb given in its base form.

    One rule and a list of irregular forms.  A verb of several syllables gets its past with
    and without a doubled consonant ("admitted", "admited"): the wrong one is no word, so
    that it costs nothing when forms are looked up.
    """
    last, before = verb[-1], verb[-2:-1]
    ends_in_consonant_y = last == "y" and before not in _VOWELS
    if ends_in_consonant_y:
        third = verb[:-1] + "ies"
    elif verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        third = verb + "es"
    else:
        third = verb + "s"
    silent_e = last == "e" and before not in {"e", "y", "o"} and len(verb) > 2
    stems = [verb[:-1] if silent_e else verb]
    if (
        last not in _VOWELS
        and last not in "wxy"
        and before in _VOWELS
        and (verb[-3:-2] not in _VOWELS or verb[-4:-2] == "qu")
    ):
        doubled = verb + last
        one_syllable = sum(char in _VOWELS for char in verb.replace("qu", "q")) == 1
        stems = [doubled] if one_syllable else [verb, doubled]
    forms = {verb, third, *(stem + "ing" for stem in stems)}
    irregular = _irregular_forms().get(verb, ())
    if irregular:
        return frozenset(forms.union(irregular))
    past = [verb[:-1] + "i"] if ends_in_consonant_y else stems
    return frozenset(forms | {stem + ("d" if stem[-1] == "e" else "ed") for stem in past})


@cache
def verbs() -> dict[str, CueWord]:
    """Form -> cue verb; the form of a phrasal verb has its particle ("pointed out")."""
    found: dict[str, CueWord] = {}
    for lemma, word in _read("cue_verbs.txt").items():
        base, _, particle = lemma.partition(" ")
        for form in inflect(base):
            found.setdefault(f"{form} {particle}" if particle else form, word)
    return found


@cache
def adjectives() -> dict[str, Manner]:
    """Adjective that introduces content after "be" -> manner."""
    rows = (line.split() for line in data.lines("cue_adjectives.txt"))
    return {word: _manner(manner) for word, manner in rows}


@cache
def nouns() -> dict[str, CueWord]:
    """Singular or plural -> cue noun."""
    found: dict[str, CueWord] = {}
    for lemma, word in _read("cue_nouns.txt").items():
        plural = (
            lemma[:-1] + "ies" if lemma[-1] == "y" and lemma[-2] not in _VOWELS else lemma + "s"
        )
        found.setdefault(lemma, word)
        found.setdefault(plural, word)
    return found


@cache
def phrases() -> dict[str, tuple[CuePhrase, ...]]:
    """First word -> the phrases that begin with it, longest first."""
    found: dict[str, list[CuePhrase]] = {}
    for line in data.lines("cue_phrases.txt"):
        words, manner, source = (part.strip() for part in line.split("|"))
        phrase = CuePhrase(tuple(words.split()), _manner(manner), source)
        found.setdefault(phrase.words[0], []).append(phrase)
    return {
        first: tuple(sorted(some, key=lambda phrase: -len(phrase.words)))
        for first, some in found.items()
    }


@cache
def verb_forms() -> frozenset[str]:
    """The forms of cue verbs, particles left out."""
    return frozenset(form.partition(" ")[0] for form in verbs())


@cache
def cue_words() -> frozenset[str]:
    """The words that may begin a cue or be its main verb."""
    return verb_forms().union(phrases(), adjectives(), nouns())


def verb_at(words: Sequence[str], i: int) -> tuple[CueWord | None, int]:
    """The cue verb at lower-case word i, and the index after it (and its particle).

    A particle may have up to three words ("let it be known").
    """
    known = verbs()
    particles = _particles().get(words[i])
    if particles is not None and i + 1 < len(words) and words[i + 1] in particles:
        for end in (i + 4, i + 3, i + 2):
            if phrasal := known.get(" ".join(words[i:end])):
                return phrasal, min(end, len(words))
    return known.get(words[i]), i + 1


@cache
def _particles() -> dict[str, set[str]]:
    """Form that a particle may follow -> the first words of its particles."""
    found: dict[str, set[str]] = {}
    for phrasal in verbs():
        form, _, particle = phrasal.partition(" ")
        if particle:
            found.setdefault(form, set()).add(particle.partition(" ")[0])
    return found


@cache
def _auxiliary_forms() -> frozenset[str]:
    forms = {form for verb in _AUXILIARIES for form in inflect(verb)}
    contracted = {mark + end for mark in "'’" for end in ("s", "ve", "d", "ll", "re", "m")}
    return frozenset(forms | contracted | {"ca", "wo"})


def is_auxiliary(word: str) -> bool:
    """Whether a lower-case word is a form of be, have, do or a modal verb."""
    return word in _auxiliary_forms()


def manner_of(words: Sequence[str], tags: Sequence[str]) -> Manner:
    """How a source stands to its content, from the words of the cue.

    The first verb that says it decides ("refused to say": stance); one that only shades
    the next gives way to it ("seemed to suggest": speech).  Without a verb, the phrase or
    the first noun decides; punctuation introduces speech.  A word that the lexicon lacks
    is a stance: those of speech are few and listed.

    Args:
        words: The cue's tokens, as they stand.
        tags: Their parts of speech, Penn Treebank style.
    """
    lower = [word.lower() for word in words]
    shading: Manner | None = None
    unknown_verb = False
    noun: Manner | None = None
    for i, word in enumerate(lower):
        for phrase in phrases().get(word, ()):
            if _matches(phrase, lower, i):
                return phrase.manner
        verb, _ = verb_at(lower, i)
        if tags[i][:1] == "V" or (verb is not None and tags[i] not in {"NN", "NNS", "IN", "JJ"}):
            if verb is not None:
                if "raise" not in verb.takes:
                    return verb.manner
                shading = shading or verb.manner
            elif not is_auxiliary(word):
                unknown_verb = True
        elif noun is None and word in nouns():
            noun = nouns()[word].manner
    if noun or shading:
        return cast(Manner, noun or shading)
    if unknown_verb or any(word in _FOR_OR_AGAINST for word in lower):
        return "stance"
    if not any(word.isalpha() for word in lower):
        return "speech"
    known = next((verb for word in lower if (verb := verbs().get(word))), None)
    return known.manner if known else "stance"


def manner_towards(manner: Manner, source: Sequence[str], tags: Sequence[str]) -> Manner:
    """The manner of a cue with this source: what a text or a poll says is a document's.

    Args:
        manner: The cue's own.
        source: The source's tokens, lower-case; empty if there is none.
        tags: Their parts of speech.
    """
    if manner != "speech":
        return manner
    head = ""
    for word, tag in zip(source, tags, strict=True):
        if tag in {"NN", "NNS", "NNP", "PRP"}:
            head = word
        elif head and tag in {"IN", "TO", "VBN", "VBG", "WDT", "WP", ",", "-LRB-"}:
            break  # "the author of the report" is no report
    known = data.words("cue_sources.txt")
    return "document" if head in known or head.removesuffix("s") in known else manner


def _matches(phrase: CuePhrase, words: Sequence[str], i: int) -> bool:
    """Whether the phrase stands at word i, its source left out."""
    wanted = [word for word in phrase.words if word != "*"]
    return list(words[i : i + len(phrase.words)]) == list(phrase.words) or (
        "*" in phrase.words and len(words) == len(wanted) and list(words) == wanted
    )
