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
    Credit,
    Dropped,
    Edition,
    EditionState,
    EditionStory,
    Masthead,
    Piece,
    RenderedEdition,
    Section,
    Variant,
)
from digest.model.inputs import (
    Inputs,
    Printed,
)
from digest.model.newsroom import (
    Agency,
    Newsroom,
    Outlet,
    Topic,
)
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

__all__ = [
    "FREE_EXTRACT",
    "UNDATED",
    "AcceptedWeights",
    "Agency",
    "Article",
    "ArticleId",
    "Bond",
    "BounceFact",
    "CheckedSentence",
    "Choice",
    "Copy",
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
    "Ledger",
    "Masthead",
    "Newsroom",
    "Outcome",
    "Outlet",
    "Piece",
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
    "Topic",
    "Url",
    "Variant",
    "Voice",
]
