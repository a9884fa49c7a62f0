"""The types that flow through the rooms, frozen, with their invariants in the constructors.

`Article` → `Story` → `RankedStory` → `Summary` → `Edition` → `RenderedEdition` → `Delivery`,
one module for each stretch of the way. Rows never leave `digest/store/`; dictionaries never travel
between rooms. Times are aware datetimes, lengths are characters unless a name says bytes, and
every tuple is in reading order.
"""

from digest.model.articles import (
    UNDATED,
    Article,
    DateBasis,
    DateClaim,
    Entry,
    FeedPlace,
    Related,
    Removed,
    Source,
)
from digest.model.base import (
    ArticleId,
    DeliveryId,
    EditionId,
    Rights,
    SourceId,
    StoryId,
    SubscriberId,
    Url,
)
from digest.model.charts import LEAST_POINTS, MOST_POINTS, Chart, Point
from digest.model.corrections import (
    RIGHT_LIMIT,
    SAID_LIMIT,
    Correction,
    CorrectionId,
)
from digest.model.deliveries import (
    BounceFact,
    Delivery,
    DeliveryState,
    Ledger,
    Outcome,
    Result,
)
from digest.model.desk import (
    AcceptedWeights,
    Choice,
    Ruling,
)
from digest.model.editions import (
    WORDS_A_MINUTE,
    Brand,
    Credit,
    Dropped,
    Edition,
    EditionState,
    EditionStory,
    Issue,
    Masthead,
    Origin,
    Piece,
    RenderedEdition,
    Section,
    Variant,
)
from digest.model.inputs import (
    Inputs,
    Printed,
)
from digest.model.lanes import LANES, LaneState
from digest.model.newsroom import (
    Agency,
    Newsroom,
    Outlet,
    Topic,
)
from digest.model.pictures import Picture
from digest.model.stories import (
    Bond,
    Copy,
    Development,
    Difference,
    Disagreement,
    DisputedValue,
    RankedStory,
    Reason,
    Story,
    Voice,
)
from digest.model.summaries import (
    FREE_EXTRACT,
    CheckedSentence,
    Problem,
    Sentence,
    Summary,
)
from digest.model.texts import USUAL_TEXTS, Texts

__all__ = [
    "FREE_EXTRACT",
    "LANES",
    "LEAST_POINTS",
    "MOST_POINTS",
    "RIGHT_LIMIT",
    "SAID_LIMIT",
    "UNDATED",
    "USUAL_TEXTS",
    "WORDS_A_MINUTE",
    "AcceptedWeights",
    "Agency",
    "Article",
    "ArticleId",
    "Bond",
    "BounceFact",
    "Brand",
    "Chart",
    "CheckedSentence",
    "Choice",
    "Copy",
    "Correction",
    "CorrectionId",
    "Credit",
    "DateBasis",
    "DateClaim",
    "Delivery",
    "DeliveryId",
    "DeliveryState",
    "Development",
    "Difference",
    "Disagreement",
    "DisputedValue",
    "Dropped",
    "Edition",
    "EditionId",
    "EditionState",
    "EditionStory",
    "Entry",
    "FeedPlace",
    "Inputs",
    "Issue",
    "LaneState",
    "Ledger",
    "Masthead",
    "Newsroom",
    "Origin",
    "Outcome",
    "Outlet",
    "Picture",
    "Piece",
    "Point",
    "Printed",
    "Problem",
    "RankedStory",
    "Reason",
    "Related",
    "Removed",
    "RenderedEdition",
    "Result",
    "Rights",
    "Ruling",
    "Section",
    "Sentence",
    "Source",
    "SourceId",
    "Story",
    "StoryId",
    "SubscriberId",
    "Summary",
    "Texts",
    "Topic",
    "Url",
    "Variant",
    "Voice",
]
