"""The township's reviews and the village's answers: rows to values and back. Nothing updates or deletes."""

import sqlite3
from collections import defaultdict
from datetime import date
from typing import NamedTuple

from ..domain.period import Period
from ..domain.review import PASSING, Answer, Comment, Review, Settlement, comment_content
from ..domain.review_standing import CommentStanding

_COMMENT = (
    "c.uid, c.month, c.kind, c.subject, c.label, c.text, c.category, c.clause, c.demand, c.deadline, c.severity,"
    " c.author, c.at"
)
_ANSWER = "uid, comment, text, voucher, author, at"
_NEWEST = "c.review_id = (SELECT max(review_id) FROM review_comment WHERE uid = c.uid)"


class TakenReview(NamedTuple):
    """A review as it was taken in: of which file, signed by which key, by whom and when."""

    review: Review
    key: str
    sha256: str
    taken_by: str
    taken_at: str


def insert_review(connection: sqlite3.Connection, taken: TakenReview) -> None:
    """Keep a review with its comments and settlements."""
    review = taken.review
    cursor = connection.execute(
        "INSERT INTO township_review(sha256, key, village, region_code, month, head, package, opinion, text, desk,"
        " reviewer, at, round, taken_by, taken_at) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            taken.sha256,
            taken.key,
            review.village,
            review.region_code,
            str(review.period),
            *review[3:11],
            taken.taken_by,
            taken.taken_at,
        ),
    )
    number = cursor.lastrowid
    connection.executemany(
        "INSERT INTO review_comment(review_id, position, uid, month, kind, subject, label, text, category, clause,"
        " demand, deadline, severity, author, at) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        [
            (number, place, one.uid, str(one.period), *one[2:9], comment_content(one)["deadline"], *one[10:])
            for place, one in enumerate(review.comments, 1)
        ],
    )
    connection.executemany(
        "INSERT INTO review_settlement(review_id, position, comment, state, text, author, at) VALUES(?,?,?,?,?,?,?)",
        [(number, place, *one) for place, one in enumerate(review.settlements, 1)],
    )


def load_reviews(connection: sqlite3.Connection) -> tuple[TakenReview, ...]:
    """Every review in the order they were taken in, whole."""
    comments: defaultdict[int, list[Comment]] = defaultdict(list)
    for number, *row in connection.execute(
        f"SELECT c.review_id, {_COMMENT} FROM review_comment c ORDER BY c.review_id, c.position"
    ):
        comments[number].append(_comment(row))
    settlements: defaultdict[int, list[Settlement]] = defaultdict(list)
    for number, *row in connection.execute(
        "SELECT review_id, comment, state, text, author, at FROM review_settlement ORDER BY review_id, position"
    ):
        settlements[number].append(Settlement(*row))
    return tuple(
        TakenReview(
            Review._make(
                (
                    village,
                    region_code,
                    Period.parse(month),
                    *told,
                    tuple(comments[number]),
                    tuple(settlements[number]),
                )
            ),
            key,
            sha256,
            taken_by,
            taken_at,
        )
        for number, sha256, key, taken_by, taken_at, village, region_code, month, *told in connection.execute(
            "SELECT id, sha256, key, taken_by, taken_at, village, region_code, month, head, package, opinion, text,"
            " desk, reviewer, at, round FROM township_review ORDER BY id"
        )
    )


def _comment(row: list[str]) -> Comment:
    uid, month, kind, subject, label, text, category, clause, demand, deadline, *rest = row
    day = date.fromisoformat(deadline) if deadline else None
    period = Period.parse(month)
    return Comment._make((uid, period, kind, subject, label, text, category, clause, demand, day, *rest))


class Opinion(NamedTuple):
    """The newest opinion on a month: which, in which round, whose, when. `current`: on the closing that holds now."""

    opinion: str
    round: int
    desk: str
    at: str
    current: bool

    @property
    def passes(self) -> bool:
        """Whether the month is passed and must stay closed."""
        return self.current and self.opinion in PASSING


def newest_opinions(connection: sqlite3.Connection) -> dict[Period, Opinion]:
    """The newest opinion on each month that has one."""
    return {
        Period.parse(month): Opinion(opinion, number, desk, at, bool(current))
        for month, opinion, number, desk, at, current in connection.execute(
            "SELECT month, opinion, round, desk, at, head = coalesce((SELECT l.hash FROM period p"
            " JOIN log l ON l.seq = p.log_seq WHERE p.month = r.month AND p.closed = 1), '')"
            " FROM township_review r ORDER BY round"
        )
    }


def is_taken(connection: sqlite3.Connection, sha256: str) -> bool:
    """Whether a review file was taken in."""
    return connection.execute("SELECT 1 FROM township_review WHERE sha256 = ?", (sha256,)).fetchone() is not None


def load_standings(connection: sqlite3.Connection, kind: str = "", subject: str = "") -> tuple[CommentStanding, ...]:
    """Every comment as it stands, or those on one subject, by month and in the order they came."""
    return _standings(connection, "c.kind = ? AND c.subject = ?", (kind, subject)) if kind else _standings(connection)


def find_standing(connection: sqlite3.Connection, uid: str) -> CommentStanding | None:
    """One comment as it stands."""
    found = _standings(connection, "c.uid = ?", (uid,))
    return found[0] if found else None


def _standings(
    connection: sqlite3.Connection, where: str = "1", values: tuple[str, ...] = ()
) -> tuple[CommentStanding, ...]:
    comments = [
        _comment(list(row))
        for row in connection.execute(
            f"SELECT {_COMMENT} FROM review_comment c WHERE {_NEWEST} AND {where}"
            " ORDER BY c.month, c.review_id, c.position",
            values,
        )
    ]
    if not comments:
        return ()
    said = f"comment IN (SELECT c.uid FROM review_comment c WHERE {where})"
    answers: defaultdict[str, list[Answer]] = defaultdict(list)
    for row in connection.execute(f"SELECT {_ANSWER} FROM review_answer WHERE {said} ORDER BY id", values):
        answers[row[1]].append(Answer(*row))
    # a settlement told again in a later file is one
    settlements: defaultdict[str, dict[Settlement, None]] = defaultdict(dict)
    for row in connection.execute(
        f"SELECT comment, state, text, author, at FROM review_settlement WHERE {said} ORDER BY review_id, position",
        values,
    ):
        settlements[row[0]].setdefault(Settlement(*row))
    return tuple(
        CommentStanding(one, tuple(answers.get(one.uid, ())), tuple(settlements.get(one.uid, ()))) for one in comments
    )


def insert_answer(connection: sqlite3.Connection, answer: Answer) -> None:
    """Keep an answer."""
    connection.execute(
        "INSERT INTO review_answer(uid, comment, text, voucher, author, at) VALUES(?,?,?,?,?,?)", tuple(answer)
    )


def load_answers(connection: sqlite3.Connection) -> tuple[Answer, ...]:
    """Every answer in the order they were given."""
    return tuple(Answer(*row) for row in connection.execute(f"SELECT {_ANSWER} FROM review_answer ORDER BY id"))


def commented_vouchers(connection: sqlite3.Connection) -> dict[str, tuple[int, str, str, int]]:
    """Of every posted voucher that comments are on, by uid: its id, month, word and number."""
    return {
        uid: (number, month, word, place)
        for uid, number, month, word, place in connection.execute(
            "SELECT uid, id, month, word, number FROM voucher"
            " WHERE uid IN (SELECT subject FROM review_comment WHERE kind = '凭证') ORDER BY month, word, number"
        )
    }
