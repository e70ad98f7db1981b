# SPDX-License-Identifier: GPL-3.0-or-later
"""A script from its first line to what an operator says to a review of it.

Three people with a computer each and one server: Anna writes a script and
reviews two calls with the keyboard alone, calibrates with Boris, the operator
of these calls disputes an answer, Boris judges it, and Anna finds the outcome
on the operator's page.
"""
import os
import sys

from driver import Atspi, Failed, Suite, wait_for
from test_one_call import documents, finish_all_the_same

TITLE = "Приём заказа: проба"
QUESTIONS = ("Здоровается и называет магазин", "Называет цену и срок доставки", "Не говорит неправды")
CALIBRATION = "Цена и срок"
DISPUTE = "Цену я назвал на второй минуте"
RULING = "Верно, цена названа"
WHY = "the term was wrong"


def sign_in(suite):
    """Two colleagues sign in to one server"""
    suite.server = suite.start_server(speed=1)
    tokens = suite.server.add_user("anna"), suite.server.add_user("boris", "trainer")
    suite.anna = suite.app = suite.start_person("anna", suite.server, tokens[0])
    suite.boris = suite.start_person("boris", suite.server, tokens[1])


def wait_for_window(app, name):
    return wait_for(f"the window “{name}”", lambda: next((node for node in app.root.children() if node.name == name), None), 15)


def write_criterion(app, wording, points):
    app.window.find(role="push button", name="Criterion").press()
    empty = wait_for(f"the row of “{wording}”", lambda: next(
        (node for node in app.window.all(role="text", name="Wording") if node.text == "Wording"), None), 10)
    empty.type(wording)
    Atspi.Value.set_current_value(app.window.find(role="spin button", name="Points").at, points)


def wordings(app):
    """Of the rows that are open: the text that is typed, or the field's own hint."""
    return [node.text for node in app.window.all(role="text", name="Wording")]


def takes_back(app):
    """What is typed into a new criterion goes by Ctrl+Z, then the criterion does."""
    app.window.find(role="push button", name="Criterion").press()
    wait_for("a new row", lambda: "Wording" in wordings(app), 10)
    app.type("qq")
    wait_for("what was typed", lambda: "qq" in wordings(app), 10)
    app.key("ctrl+z")
    wait_for("the typed letters gone", lambda: "qq" not in wordings(app) and "Wording" in wordings(app), 10)
    app.key("ctrl+z")
    wait_for("the new row gone", lambda: "Wording" not in wordings(app), 10)


def writes_script(suite):
    """Anna writes a script and puts it in use"""
    app = suite.anna
    app.key("ctrl+4")
    app.window.find(role="push button", name="New Script").press()
    app.window.find(role="menu item", name="Empty Script").press()
    app.window.find(role="text", name="Title of the script").type(TITLE)
    app.window.find(role="push button", name="Section").press()
    app.window.find(role="text", name="Title of the section").type("Начало")
    takes_back(app)
    for wording, points in zip(QUESTIONS, (60, 40, 0)):
        write_criterion(app, wording, points)
    app.tab_to(app.window.find(role="push button", name="Critical"))
    app.key("space")
    app.window.find(role="label", name="“No” makes the whole score 0", seconds=10)
    app.key("Down", "Down", "Return")
    app.window.find(role="label", name="critical: call", seconds=10)
    app.window.find(role="push button", name="Put in Use…").press()
    dialog = wait_for_window(app, "Put in Use")
    app.picture(os.path.join(suite.pictures, "quality-put-in-use.png"))
    anyway = dialog.find(role="check box", seconds=5)
    app.tab_to(anyway)
    app.key("space")
    dialog.find(role="push button", name="Put in Use").press()
    wait_for("the script on the server", lambda: find_script(suite), 20)
    app.window.find(role="push button", name="New Version", seconds=10)
    app.picture(os.path.join(suite.pictures, "quality-script.png"))


def find_script(suite):
    return [script for script in documents(suite, "script") if script["body"]["title"] == TITLE]


def chosen_row(app):
    """What the chosen row of the calls says."""
    for row in app.window.find(role="list", name="Calls").children():
        if row.has(Atspi.StateType.SELECTED):
            return row.labels
    return []


def next_call(app, suits):
    """Goes down the list by key to a call that suits."""
    for _ in range(40):
        app.key("Down")
        if suits(chosen_row(app)):
            return chosen_row(app)
    raise Failed("no call that suits within 40 rows")


def question(app, number):
    return app.window.find(role="panel", name=QUESTIONS[number], seconds=30)


def answer(app, keys):
    """Goes to the form by Tab and gives the answers; Enter finishes."""
    app.tab_to(question(app, 0))
    app.key(*keys)
    app.tab_to(app.window.find(role="push button", name="Finish review"), 1)
    app.key("Return")
    finish_all_the_same(app)
    app.window.find(role="label", contains="Finished", seconds=10)
    return app.window.find(contains="Score ", seconds=5).text


def reviews_two_calls(suite):
    """Anna reviews two calls of one operator with the keyboard alone"""
    app = suite.anna
    app.key("ctrl+2")
    calls = app.window.find(role="list", name="Calls", seconds=30)
    wait_for("calls in the list", lambda: calls.at.get_child_count() > 10, 30)
    app.key("ctrl+2")
    suite.calls = []
    suite.operator = None
    for keys, score in ((("y", "n", "o", "Return", "y"), "Score 60 of 100"), (("y", "y", "y"), "Score 100 of 100")):
        row = next_call(app, lambda labels: suits(suite, labels))
        suite.operator = row[1]
        suite.calls.append(f"{row[0]} · {row[1]}")
        choice = app.window.find(role="combo box", name="Which script it is scored with", seconds=20)
        app.tab_to(choice)
        if not any(TITLE in label for label in choice.labels):
            app.key("space", "End", "Return")
        if (told := answer(app, keys)) != score:
            raise Failed(f"it says “{told}” and not “{score}”")
        app.key("ctrl+2")
    wait_for("both reviews on the server", lambda: len(finished(suite)) == 2, 20)
    app.picture(os.path.join(suite.pictures, "quality-reviewed.png"))


def suits(suite, labels):
    """An answered call that is over and not reviewed yet, of the operator if there is one already."""
    return (len(labels) > 3 and "now" not in labels and not labels[1].startswith("Lost")
            and f"{labels[0]} · {labels[1]}" not in suite.calls and suite.operator in (None, labels[1]))


def finished(suite):
    return [review for review in documents(suite, "review") if review["body"].get("finished_ms")]


def calibrates(suite):
    """Anna invites Boris to a calibration; both answer blind"""
    app = suite.anna
    app.key("ctrl+3")
    app.window.find(role="page tab", name="Agreement").press()
    app.window.find(role="push button", name="New Calibration…").press()
    dialog = wait_for_window(app, "New Calibration")
    dialog.find(role="text", name="Title").type(CALIBRATION)
    app.tab_to(dialog.find(role="combo box", name="Script"))
    app.key("space", "End", "Return")
    boris = wait_for("Boris among the colleagues", lambda: next(
        (node for node in dialog.all(role="check box") if "boris" in node.name), None), 10)
    app.tab_to(boris)
    app.key("space")
    calls = dialog.find(role="list", name="Calls")
    app.tab_to(wait_for("the call to compare", lambda: next(
        (row for row in calls.children() if row.name == suite.calls[0]), None), 10))
    app.key("space")
    app.picture(os.path.join(suite.pictures, "quality-calibration.png"))
    dialog.find(role="push button", name="Begin").press()
    answers_blind(app, ("y", "n", "o", "Return", "y"))
    app = suite.boris
    app.key("ctrl+3")
    row = wait_for("the calibration in Boris's work", lambda: next(
        (node for node in app.window.all(role="list item") if any(CALIBRATION in label for label in node.labels)), None), 20)
    app.tab_to(row)
    app.key("Return")
    answer(app, ("y", "y", "y"))


def answers_blind(app, keys):
    call = wait_for("the call of the calibration", lambda: next(
        (node for node in app.window.all(role="list item") if "To be reviewed" in node.labels), None), 15)
    app.tab_to(call)
    app.key("Return")
    answer(app, keys)


def discusses(suite):
    """Once both have finished they see where they differ, and agree"""
    app = suite.anna
    app.key("ctrl+3")
    table = app.window.find(role="tree table", name="Answers by criterion", seconds=30)
    wait_for("both reviewers' answers", lambda: {"anna", "boris"} <= set(table.labels), 10)
    app.picture(os.path.join(suite.pictures, "quality-discussion.png"))
    app.tab_to(table)
    # Where people differ stands first.
    app.key("n", "Return")
    app.type(WHY)
    app.key("Return")
    wait_for("the consensus on the server", lambda: [calibration for calibration in documents(suite, "calibration")
             if any(agreed.get("reason") == WHY for agreed in calibration["body"].get("consensus", []))], 20)
    app.window.find(role="push button", name="Close Calibration").press()
    wait_for("the calibration to be closed", lambda: [calibration for calibration in documents(suite, "calibration")
             if calibration["body"]["state"] == "closed"], 20)


def disputes(suite):
    """The operator signs in, sees these two reviews alone, and disputes an answer"""
    token = suite.server.add_user("operator", "operator", "--operator", suite.operator)
    app = suite.operators = suite.start_person("operator", suite.server, token)
    app.key("ctrl+3")
    mine = app.window.find(role="list", name="My reviews", seconds=20)
    wait_for("two reviews", lambda: mine.at.get_child_count() == 2, 20)
    row = wait_for("the review with 60", lambda: next((row for row in mine.children() if "60" in row.labels), None), 10)
    mine.select_child(row.at.get_index_in_parent())
    app.window.find(role="push button", contains=f"Dispute: 1.2 {QUESTIONS[1]}").press()
    dialog = wait_for_window(app, "Dispute This Answer?")
    reason(dialog).type(DISPUTE)
    dialog.find(role="push button", name="Dispute").press()
    app.window.find(contains=DISPUTE, seconds=10)
    app.picture(os.path.join(suite.pictures, "quality-disputed.png"))


def reason(dialog):
    return wait_for("the entry of the words", lambda: next(
        (node for node in dialog.all(role="text") if node.editable), None), 10)


def judges(suite):
    """Boris, who did not review it, upholds the dispute"""
    app = suite.boris
    app.key("ctrl+3")
    app.window.find(role="page tab", name="Disputes").press()
    found = app.window.find(role="list", name="Disputes", seconds=20)
    row = wait_for("the open dispute", lambda: next(
        (row for row in found.children() if any("Due in" in label for label in row.labels)), None), 30)
    found.select_child(row.at.get_index_in_parent())
    app.window.find(contains=DISPUTE, seconds=20)
    app.window.find(role="push button", contains="Judge").press()
    dialog = wait_for_window(app, "Judge the Dispute")
    reason(dialog).type(RULING)
    dialog.find(role="push button", name="Uphold").press()
    wait_for("the new revision on the server",
             lambda: [review for review in finished(suite) if review["body"].get("revision") == 2], 20)
    suite.operators.window.find(contains=RULING, seconds=20)


def sees_it(suite):
    """The operator's page has what came of it"""
    app = suite.anna
    app.key("ctrl+6")

    def find_row():
        for people in app.window.all(role="list", name="Operators"):
            for row in people.children():
                # Also where the list has to be scrolled to it: labels would leave out what is not on the screen.
                words = [node.text for node in row.walk(10) if node.role == "label"]
                if suite.operator in words and any("2 chosen reviews" in word for word in words):
                    return people, row
        return None

    people, row = wait_for("the operator with two reviews", find_row, 30)
    people.select_child(row.at.get_index_in_parent())
    # 60 became 100 by the ruling; the calibration does not count.
    wait_for("a mean of 100 of 2 reviews", lambda: [label for label in app.window.all(role="label", contains=", 2 reviews)")
             if label.text.startswith("100 (")], 30)
    app.picture(os.path.join(suite.pictures, "quality-operator.png"))


def leave_quietly(suite):
    """All three end in order, without a warning in their logs"""
    for app in (suite.anna, suite.boris, suite.operators):
        app.leave()


if __name__ == "__main__":
    sys.exit(Suite("quality").run([sign_in, writes_script, reviews_two_calls, calibrates, discusses, disputes, judges, sees_it,
                                   leave_quietly]))
