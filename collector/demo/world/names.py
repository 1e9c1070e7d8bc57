"""Invented names. Every author begins with `sim-`, so that nobody takes one for a real one."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from collector.demo.world.chance import seconds


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_TEMPERS = _words(
    "amber brisk calm coral dapper dusty eager early fern frosty gentle granite hazel hidden humble indigo ivory jolly"
    " keen lively lunar maple mellow misty noble olive opal pale plucky quiet rapid rustic saffron silent silver sunny"
    " swift tawny tidal velvet vivid wandering willow woolly"
)
_ANIMALS = _words(
    "badger bittern bobcat cormorant crane dormouse egret ermine falcon finch gecko gull heron hoopoe ibex jackdaw"
    " kestrel kiwi lapwing lemur lynx magpie marten newt ocelot osprey otter panda petrel pika plover puffin quail"
    " raven redstart seal shrew sparrow starling stoat swallow tapir teal tern vole wagtail walrus weasel wombat wren"
)
_TOPICS = _words(
    "abstracts addresses articles biology birds books cases chat chemistry claims code commits contracts courses crops"
    " dialogues diagnosis essays events exams faces faqs finance flights flowers food forms forums games genes guides"
    " headlines history hotels images intents invoices jokes kitchens labels law lectures letters logs lyrics maps"
    " markets maths medicine meetings memes menus minerals molecules movies museums music news notes novels papers"
    " patents personas plants podcasts poems policies posts products proteins proverbs questions quotes reactions"
    " receipts recipes reports reviews roads satellites scenes scripts sensors songs speech sports stories streets"
    " subtitles tables tasks tickets traffic travel tweets videos voices weather wiki"
)
# What an ordinary model of a task is called after, where it names no base model.
_STYLES = {
    "text-classification": "bert-base-uncased distilbert-base-uncased roberta-base deberta-v3-small classifier",
    "token-classification": "bert-base-ner xlm-roberta-ner distilbert-ner spancat",
    "fill-mask": "bert-base roberta-base xlm-roberta electra-small mlm",
    "question-answering": "bert-qa roberta-qa distilbert-squad",
    "text-generation": "gpt2 llama gpt-neo tiny-lm sft chat-7b",
    "translation": "opus-style-mt t5-small marian",
    "summarization": "t5-small bart-base pegasus",
    "sentence-similarity": "sentence-minilm mpnet-base embed",
    "feature-extraction": "embedder bge-style encoder",
    "text-to-image": "stable-diffusion-style sdxl-lora concept dreambooth",
    "automatic-speech-recognition": "whisper-small wav2vec2-xlsr hubert-ctc",
    "audio-classification": "wav2vec2-emotion ast-audio",
    "image-classification": "vit-base resnet-50 convnext swin-tiny",
    "object-detection": "yolo-style detr",
    "reinforcement-learning": "ppo-LunarLander-v2 q-FrozenLake-v1 q-Taxi-v3 dqn-SpaceInvaders a2c-PandaReach sac-Ant",
    "robotics": "act-so100 diffusion-policy smolvla-style",
    "image-text-to-text": "vlm llava-style",
    "text-to-speech": "vits-voice speecht5",
}
_WITHOUT_STYLE = _words("model experiment checkpoint test run draft backup trial output weights")
_MADE_BY = {
    "finetune": ("finetuned", "sft", "instruct", "dpo", "tuned"),
    "adapter": ("lora", "qlora", "adapter"),
    "quantized": ("GGUF", "AWQ", "GPTQ", "4bit", "FP8"),
    "merge": ("merge", "slerp", "ties"),
}
_DATASETS = ("corpus", "pairs", "collection", "benchmark", "instruct", "dump")
_SPACES = ("demo", "chat", "playground", "app", "leaderboard", "explorer")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Base:
    """A base model that many others are built on (bases.csv). Modelled on real families, in invented hands."""

    organisation: str
    name: str
    released_at: int
    """Unix seconds."""
    parameters: int
    task: str
    library: str
    licence: str
    children: float
    """Weight in the choice of a base to build on."""
    downloads: float
    """Orders the bases by downloads."""

    @property
    def id(self) -> str:
        return f"{self.organisation}/{self.name}"


@cache
def bases() -> tuple[Base, ...]:
    """In order of release."""
    with (Path(__file__).parent / "bases.csv").open(encoding="utf-8", newline="") as file:
        listed = [
            Base(
                organisation=row["organisation"],
                name=row["name"],
                released_at=seconds(date.fromisoformat(row["released"])) + 15 * 3_600,
                parameters=int(row["parameters"]),
                task=row["task"],
                library=row["library"],
                licence=row["licence"],
                children=float(row["children"]),
                downloads=float(row["downloads"]),
            )
            for row in csv.DictReader(file)
        ]
    return tuple(sorted(listed, key=lambda base: base.released_at))


@lru_cache(maxsize=100_000)
def author(code: int) -> str:
    """One name for each code, without end; neighbours are not alike."""
    rest, temper = divmod(code, len(_TEMPERS))
    number, place = divmod(rest, len(_ANIMALS))
    animal = _ANIMALS[(place + 17 * temper) % len(_ANIMALS)]
    return f"sim-{_TEMPERS[temper]}-{animal}" + (f"-{number}" if number else "")


def topic(draw: int) -> str:
    """A subject that people name things for."""
    return _TOPICS[draw % len(_TOPICS)]


def derived(base: str, relation: str, draw: int, row: int) -> str:
    """What a model built on a base is called: `Qwen3-8B-recipes-lora-2f9`."""
    return f"{base}-{topic(draw)}-{_pick(_MADE_BY[relation], draw // 128)}-{short(row)}"


def ordinary(task: str | None, draw: int, row: int) -> str:
    """What a model that names no base is called: `whisper-small-lectures-7qx`."""
    styles = _STYLES[task].split() if task in _STYLES else _WITHOUT_STYLE
    return f"{_pick(styles, draw // 128)}-{topic(draw)}-{short(row)}"


def dataset(draw: int, row: int) -> str:
    """What a data set is called; the row keeps names apart."""
    return f"{topic(draw)}-{_pick(_DATASETS, draw // 128)}-{short(row)}"


def space(draw: int, row: int) -> str:
    """What a Space is called; the row keeps names apart."""
    return f"{topic(draw)}-{_pick(_SPACES, draw // 128)}-{short(row)}"


def short(number: int) -> str:
    """A number in as few characters as letters and digits allow."""
    text = ""
    while True:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
        if not number:
            return text


def _pick(words: Sequence[str], draw: int) -> str:
    return words[draw % len(words)]
