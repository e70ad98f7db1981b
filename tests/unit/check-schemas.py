#!/usr/bin/env python3
# check-schemas.py - what the code writes follows docs/schemas
#
# Copyright 2026 The Sidetone authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: check-schemas.py SCHEMA-FOLDER SAMPLES-PROGRAM
# Prints TAP. The samples are validated, and then spoilt on purpose: a schema
# that takes what it should refuse would prove nothing.
import copy
import json
import os
import subprocess
import sys
import warnings

from jsonschema import Draft202012Validator

warnings.filterwarnings("ignore", category=DeprecationWarning)

# Written by the server itself, not by the code the samples come from.
BY_SERVER = {"health": {"status": "ok"}}


def load(folder):
    schemas = {}
    for name in sorted(os.listdir(folder)):
        if name.startswith("cli-"):     # what sidetonectl answers; its own test looks at that
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            schemas[name.removesuffix(".json")] = json.load(file)
    return schemas


def make_validators(schemas):
    by_id = {schema["$id"]: schema for schema in schemas.values()}
    try:
        from referencing import Registry, Resource

        registry = Registry().with_resources((uri, Resource.from_contents(schema)) for uri, schema in by_id.items())
        return {name: Draft202012Validator(schema, registry=registry) for name, schema in schemas.items()}
    except ImportError:
        from jsonschema import RefResolver

        return {name: Draft202012Validator(schema, resolver=RefResolver(schema["$id"], schema, store=by_id))
                for name, schema in schemas.items()}


def spoilt(sample, schema):
    """Samples made wrong in one place each: a needed member gone, a known one of another type."""
    for name in schema["required"]:
        less = copy.deepcopy(sample)
        del less[name]
        yield "without " + name, less
    for name in schema["properties"]:
        if name in sample:
            other = copy.deepcopy(sample)
            other[name] = {} if isinstance(sample[name], list) else [[]]
            yield "with another type of " + name, other


def main():
    folder, program = sys.argv[1:3]
    schemas = load(folder)
    validators = make_validators(schemas)
    # Not splitlines(): a text may hold what Python takes for the end of a line.
    lines = subprocess.run([program], check=True, stdout=subprocess.PIPE).stdout.decode("utf-8").rstrip("\n").split("\n")
    samples = {name: [] for name in schemas}
    for line in lines:
        name, _, text = line.partition("\t")
        samples[name].append(json.loads(text))
    for name, sample in BY_SERVER.items():
        samples[name].append(sample)
    # Part of a board, not a message of its own.
    samples["operator"] = [op for board in samples["board"] for project in board["projects"] for op in project["operators"]]

    failed = False
    print(f"1..{len(schemas)}")
    for number, (name, schema) in enumerate(schemas.items(), 1):
        problems = []
        Draft202012Validator.check_schema(schema)
        if not samples[name]:
            problems.append("no sample")
        for sample in samples[name]:
            problems += [f"{error.json_path}: {error.message}" for error in validators[name].iter_errors(sample)]
        written = {member for sample in samples[name] for member in sample}
        problems += [f"does not know “{member}”" for member in sorted(written - set(schema["properties"]))]
        for sample in samples[name][-1:]:
            problems += [f"takes a sample {how}" for how, wrong in spoilt(sample, schema) if validators[name].is_valid(wrong)]
            if not validators[name].is_valid({**sample, "of_a_newer_version": {"a": 1}}):
                problems.append("refuses an unknown member")
        for problem in problems[:10]:
            print(f"# {name}: {problem}")
        failed = failed or bool(problems)
        print(f"{'not ok' if problems else 'ok'} {number} {name} ({len(samples[name])} samples)")
    return 1 if failed else 0


sys.exit(main())
