"""The models of the room, by what they are about."""

from portal.dialogue.comments.models import Comment, DialogueSettings, Rating, Thread
from portal.dialogue.drafts import DraftFile, DraftIndexPage, DraftPage
from portal.dialogue.pages import QuestionIndexPage
from portal.dialogue.questions.models import Question, QuestionEvent, QuestionFile

__all__ = [
    "Comment",
    "DialogueSettings",
    "DraftFile",
    "DraftIndexPage",
    "DraftPage",
    "Question",
    "QuestionEvent",
    "QuestionFile",
    "QuestionIndexPage",
    "Rating",
    "Thread",
]
