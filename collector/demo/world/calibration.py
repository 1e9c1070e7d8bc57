"""The published figures that the simulated ecosystem is fitted to, each with its source and date.

"No figure published" marks what had to be chosen; nothing else in `collector/demo` is meant to be true of the world.

Sources
  [stats]    report on cfahlgren1/hub-stats of 2025-10-23, 2,161,698 models
  [laufer]   Laufer et al., bendlaufer/ai-ecosystem@9d172b3, notebook outputs on 1,860,411 models of mid-July 2025
  [harvard]  harvardMadsys/hf-hub-characterization, every public repository of 2026-09-01
  [summer]   huggingface/blog state-of-open-models-summer-2026.md (2026-08)
  [spring]   State of open source on Hugging Face, spring 2026, as reported by getaibook.com (2026-03)
  [osborne]  Osborne et al., arXiv 2405.13058 (2023-10/11)
  [bourdois] huggingface.co/blog/lbourdois/huggingface-models-stats (2025-10)
  [trending] the 1,000 trending repositories of each kind, 2026-04-28 to 05-04, recorded by starscreener
  [docs]     huggingface/hub-docs, docs/hub
"""

from datetime import date

# The Hub gave this moment to everything older: hub-docs pull request 1091.
BACKFILLED_AT = "2022-03-02T23:29:04"

# Public repositories on a date. Models: 2022-03-02 lies between the rows counted on 2022-02-15 (29,432,
# saranscript/huggingface-models@796a1d378) and 2022-07-02 (farach/huggingfaceR@70bc0cf); 2022-08-15
# PurdueDualityLab/ICSE-23-PTM-Artifact; 2022-12-30 and 2023-12-31 counters archived by the HF blog of ivanfioravanti;
# 2023-10-15 [osborne]; 2024-06-15 SOM-Research/HFCommunity; 2024-09-25 s2e-lab/model-evolution; 2025-03-13 Hugging
# Face's CEO (posts/clem/238420842235482); 2025-07-15 [laufer]; 2025-10-23 [stats]; 2026-05-09
# antgroup/agentic-ai-landscape; 2026-09-01 [harvard]. The counter of 2025-12-31 (2,264,880) contradicts its neighbours.
MODEL_TOTALS = {
    date(2022, 3, 2): 32_300,
    date(2022, 7, 2): 55_524,
    date(2022, 8, 15): 63_367,
    date(2022, 12, 30): 108_473,
    date(2023, 10, 15): 348_181,
    date(2023, 12, 31): 450_208,
    date(2024, 6, 15): 681_682,
    date(2024, 9, 25): 996_939,
    date(2025, 3, 13): 1_500_000,
    date(2025, 7, 15): 1_860_411,
    date(2025, 10, 23): 2_161_698,
    date(2026, 5, 9): 2_858_420,
    date(2026, 9, 1): 3_034_516,
}
# 2022-06-01 [docs] (">5K"; 2022-03 is a guess from it); 2023-03-16 YoungXinyu1802/HuggingFace-Dataset-Card-Analysis;
# 2023-10-15 [osborne]; 2024-06-15 HFCommunity; 2025-03-13 HF's CEO; 2025-07-15 evijit's blog; 2026-01-01 [summer];
# 2026-07-22 hfmlsoc/hub_weekly_snapshots; 2026-09-01 [harvard].
DATASET_TOTALS = {
    date(2022, 3, 2): 4_000,
    date(2022, 6, 1): 5_000,
    date(2023, 3, 16): 24_065,
    date(2023, 10, 15): 65_761,
    date(2024, 6, 15): 149_828,
    date(2025, 3, 13): 330_000,
    date(2025, 7, 15): 450_000,
    date(2026, 1, 1): 711_000,
    date(2026, 7, 22): 963_000,
    date(2026, 9, 1): 1_028_803,
}
# 2022-06-01 and 2023-01-24 [docs]; 2023-10-15 [osborne]; 2024-06-15 HFCommunity; 2025-03-13 HF's CEO; 2025-07-15
# evijit's blog; 2026-01-01 and 2026-08-03 [summer].
SPACE_TOTALS = {
    date(2022, 3, 2): 3_000,
    date(2022, 6, 1): 5_000,
    date(2023, 1, 24): 50_000,
    date(2023, 10, 15): 156_642,
    date(2024, 6, 15): 257_342,
    date(2025, 3, 13): 500_000,
    date(2025, 7, 15): 560_000,
    date(2026, 1, 1): 1_000_000,
    date(2026, 8, 3): 1_440_000,
}
# 629 of the 55,524 models of 2022-07-02 were gone 44 days later (the two full listings above).
REMOVED_PER_YEAR = 629 / 55_524 * 365.25 / 44
# Sizes are stated for this date; it lies behind the last total.
SIZE_DATE = date(2026, 11, 1)

# Downloads of models [stats].
ANCHOR = date(2025, 10, 23)
DOWNLOADED_IN_30_DAYS = 767_610 / 2_161_698
DOWNLOADED_EVER = 1_290_554 / 2_161_698
MEAN_DOWNLOADS = 812
MEAN_ALL_TIME = 21_641
MEDIAN_ALL_TIME = 19
# all-MiniLM-L6-v2: 129,917,294 of 812 x 2,161,698 [stats].
TOP_MODEL_SHARE = 129_917_294 / (812 * 2_161_698)
# The top 200 models held 49.6 % of all downloads [spring], then 2.43 million models [summer]; a smaller world keeps the
# place of that rank between the first and the first hundredth.
TOP_200_SHARE = 0.496
TOP_200_OF = 2_430_000
# 99 % for 1 % of models [osborne, 2023]; 99.2 % for 1.5 % of repositories [summer, 2026]: the later figure is met, the
# earlier one within half a point.
TOP_1PCT_SHARE = 0.988
TOP_1_5PCT_SHARE = 0.992
# 85.6 % of models had fewer than 200 downloads in their lifetime [summer, 2026-08].
FEWER_THAN_200_EVER = 0.856
# 175,028,119 rows (a repository and a day on which its counter moved) in 550 days, while models and datasets grew from
# about 1.8 to 4.1 million [harvard]: about 318,000 of 3 million a day.
COUNTERS_CHANGED_A_DAY = 0.106
# About 100 million downloads a day after 2026-08-11 (Model Pulse); 58.5 million on 2025-10-23 (812 x models / 30).
DOWNLOADS_A_DAY = {date(2025, 10, 23): 58.5e6, date(2026, 8, 11): 100e6}
# Until September 2024 only `load_dataset` counted as a download of a dataset, since then any file [docs,
# datasets-download-stats.md]. How much that changed: no figure published.
DATASET_COUNTING_BREAK = date(2024, 9, 15)
DATASET_COUNTED_BEFORE_BREAK = 0.3
# Most downloaded of the 1,000 trending [trending]: datasets 1,758,426, models 219,030,744. Mean: no figure published.
MEAN_DATASET_DOWNLOADS = 130
MEAN_DATASET_ALL_TIME = 2_900

# Likes [trending]: the most liked model had 13,316, the 10th 4,748, the 50th 2,039; Spaces 13,977, 3,819, 1,398;
# datasets 2,773, 1,023, 457. Share with any like: no figure published.
MOST_LIKES = {"models": 13_316, "datasets": 2_773, "spaces": 13_977}
LIKED_SHARE = {"models": 0.16, "datasets": 0.15, "spaces": 0.25}

# The shares of licences, tasks, libraries, languages and the like stand in mixes.csv, a source in each row.
# Licences: 671,895 licence tags on 1,860,411 models, hence at most 36.1 % declare one [laufer].
LICENCE_DECLARED = 671_895 / 1_860_411
# Licence differs from the parent's in 19.8 % of fine-tunes [laufer, orderings_analysis].
LICENCE_MUTATION = 0.198
# Over 70 % of dataset pages omit the licence (1,800+ text datasets; Nature MI s42256-024-00878-8).
DATASET_LICENCE_DECLARED = 0.29
# Licences changed or added after the first commit: no figure published.
LICENCE_CHANGED = 0.04

# 38 % of models have a task [laufer].
TASK_DECLARED = 0.38
# Share of all downloads [bourdois]. mixes.csv splits it into tasks by hand.
DOWNLOADS_BY_MODALITY = {"nlp": 58.1, "cv": 21.2, "audio": 15.1, "multimodal": 3.3, "tabular": 1.7}
# Of the 1,000 trending datasets, 52 % name a task category [trending]; all datasets: no figure published.
DATASET_TASK_DECLARED = 0.35

# 56 % of models name a library [laufer].
LIBRARY_DECLARED = 0.56

# 14 % of models name a language; of these English 85.56, Chinese 4.99, French 4.54 % [laufer]. Several may be named at
# once: the sets in mixes.csv are made by hand to meet those three.
LANGUAGE_DECLARED = 0.14
# [trending]: 59.5 % of datasets name a language, English 49, Chinese 6, German 4 %; all datasets: no figure published.
DATASET_LANGUAGE_DECLARED = 0.4

# Base models [stats]: 28.09 % of models declare one; the relations are shares of these.
BASE_DECLARED = 607_148 / 2_161_698
RELATIONS = {"adapter": 258_462, "finetune": 218_000, "quantized": 116_696, "merge": 13_990}
# How the habit of declaring a base spread: no figure published. Relative; the level is BASE_DECLARED at ANCHOR.
BASE_HABIT = {
    date(2022, 3, 2): 0.05,
    date(2023, 6, 1): 0.45,
    date(2024, 3, 1): 0.9,
    date(2025, 1, 1): 1.0,
    date(2026, 9, 1): 1.15,
}

# Parameters [stats]: 23.38 % of models state them in safetensors; quartiles 0.124, 0.765, 6.74 billion, maximum 684.53
# billion. The other knots are no published figures.
PARAMETERS_DECLARED = 505_406 / 2_161_698
PARAMETER_QUANTILES = {
    0.0: 2.0e3,
    0.02: 1.0e6,
    0.06: 1.2e7,
    0.14: 6.7e7,
    0.25: 0.124e9,
    0.40: 0.355e9,
    0.50: 0.765e9,
    0.60: 1.54e9,
    0.68: 3.1e9,
    0.75: 6.74e9,
    0.88: 8.03e9,
    0.94: 1.48e10,
    0.975: 3.3e10,
    0.995: 7.2e10,
    0.9995: 2.4e11,
    1.0: 684.53e9,
}
# Share of downloads by size, among models of known size [bourdois]: below 0.1, 0.2, 0.5, 1 billion parameters.
DOWNLOADS_BY_SIZE = {
    1.0e8: 40.17,
    2.0e8: 69.83 - 40.17,
    5.0e8: 86.33 - 69.83,
    1.0e9: 92.48 - 86.33,
    1.0e10: 7.0,
    1.0e12: 0.52,
}

# 67 % of models have a card [laufer]. Datasets, gated repositories: no figure published.
CARD_WRITTEN = 0.67
GATED_SHARE = 0.012
# High-maintenance models [arXiv 2311.13380, 2023].
KEPT_UP_SHARE = 0.165

# Spaces that link models or datasets, or declare a licence in their card: no figure published.
SPACE_LINKS_MODEL = 0.42
SPACE_LINKS_DATASET = 0.1
SPACE_LICENCE_DECLARED = 0.4

# OpenAI [recorded answers of GET /v1/models]: 69 models (2023-03), 111 (2026-02), 124 (2026-08-22), peak 130.
OPENAI_LISTED = {date(2026, 2, 19): 111, date(2026, 8, 22): 124}
# Epoch AI, data-insights/open-closed-eci-gap (2025-10-30, 2026-05-29): the best open model trails by 3 to 4 months.
OPEN_LAG_MONTHS = 3.5
