#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What a look at the files alone can tell: sizes, licences, layers, translations,
# desktop files, links. Prints TAP; run by ./dev test lint.

import json
import os
import py_compile
import re
import subprocess
import sys
import tempfile

MAX_FILE_LINES = 700
MAX_FUNCTION_LINES = 60
MAX_THREAD_NAME = 15
TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SYSTEM_FOLDERS = ('/', '/home', '/opt', '/srv', '/tmp', '/usr/src', '/var/tmp', '/builds')
XGETTEXT = ['xgettext', '--from-code=UTF-8', '--add-comments', '--sort-output',
            '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2', '--keyword=NC_:1c,2',
            '--keyword=ngettext:1,2', '--keyword=g_dngettext:2,3',
            '--keyword=g_dpgettext2:2c,3']

checks = []


def check(function):
    checks.append(function)
    return function


def files(*endings, under=('',)):
    """The project's files, tracked or about to be, with one of these endings."""
    for name in all_files:
        if (not endings or name.endswith(endings)) and name.startswith(tuple(under)):
            yield name


def list_files():
    found = subprocess.run(['git', 'ls-files', '-co', '--exclude-standard'],
                           cwd=TOP, capture_output=True, text=True)
    if found.returncode == 0:
        names = found.stdout.splitlines()
    else:
        names = [os.path.relpath(os.path.join(folder, name), TOP)
                 for folder, dirs, entries in os.walk(TOP) for name in entries]
        names = [name for name in names if not name.startswith(('build/', '.git/'))]
    return sorted(name for name in set(names) if os.path.isfile(os.path.join(TOP, name)))


def read(name):
    with open(os.path.join(TOP, name), encoding='utf-8', errors='replace') as stream:
        return stream.read()


def run(*command, **kw):
    """The output of a command that failed, nothing if it did not."""
    done = subprocess.run(command, cwd=TOP, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, **kw)
    return done.stdout.strip().splitlines() or [f'{command[0]} failed'] if done.returncode else []


def matches(pattern, names):
    regex = re.compile(pattern)
    for name in names:
        for number, line in enumerate(read(name).splitlines(), 1):
            if regex.search(line):
                yield f'{name}:{number}: {line.strip()[:120]}'


def sources():
    return files('.c', '.h', '.py', '.sh', '.ui', '.css', '.sql', 'meson.build', under=('app/', 'tests/', 'tools/', 'data/', 'po/'))


@check
def files_are_short():
    """no source file is longer than 700 lines"""
    for name in list(sources()) + ['dev']:
        count = len(read(name).splitlines())
        if count > MAX_FILE_LINES:
            yield f'{name}: {count} lines'


@check
def functions_are_short():
    """no C function is longer than 60 lines"""
    for name in files('.c'):
        before = start = ''
        for number, line in enumerate(read(name).splitlines(), 1):
            if line == '{' and before.rstrip().endswith(')'):
                start = number
            elif line == '}' and start:
                if number - start - 1 > MAX_FUNCTION_LINES:
                    yield f'{name}:{start}: {number - start - 1} lines'
                start = ''
            before = line if line.strip() else before


@check
def licences_are_named():
    """every source file names its licence"""
    for name in list(files('.c', '.h', '.py', '.sh', under=('app/', 'tests/', 'tools/'))) + ['dev']:
        if 'SPDX-License-Identifier: GPL-3.0-or-later' not in read(name)[:600]:
            yield name


@check
def nothing_is_left_open():
    """nothing is left to do in the sources"""
    yield from matches(r'\b(TO' r'DO|FIX' r'ME|XX' r'X)\b',
                       (name for name in sources() if not name.startswith('tools/')))


@check
def no_machine_is_named():
    """no path of somebody's machine is written down"""
    above = os.path.dirname(TOP)
    here = '' if above in SYSTEM_FOLDERS else f'|(?<![\\w$}}.]){re.escape(above)}/'
    yield from matches(r'(?<![\w$}])/(home/\w+|Users/\w+|root)/' + here, files())


@check
def layers_are_kept():
    """only the user interface sees GTK"""
    yield from matches(r'#\s*include\s*<(gtk/|adwaita|gdk/|gsk/)',
                       (name for name in files('.c', '.h', under=('app/',)) if not name.startswith('app/ui/')))


@check
def sound_is_kept():
    """only sound and phone see GStreamer"""
    yield from matches(r'#\s*include\s*<gst/',
                       (name for name in files('.c', '.h', under=('app/',)) if not name.startswith(('app/sound/', 'app/phone/'))))


@check
def sip_stack_is_wrapped():
    """only app/sip/side-sip-stack* sees Sofia-SIP"""
    yield from matches(r'#\s*include\s*[<"]sofia-sip/',
                       (name for name in files('.c', '.h') if not name.startswith('app/sip/side-sip-stack')))


@check
def thread_names_fit():
    """no name of a thread is longer than the 15 bytes the kernel keeps"""
    for name in files('.c', under=('app/', 'tests/')):
        for thread in re.findall(r'\bg_thread_(?:try_)?new\s*\(\s*"([^"]*)"', read(name)):
            if len(thread.encode()) > MAX_THREAD_NAME:
                yield f'{name}: {thread}'


@check
def scripts_parse():
    """scripts parse"""
    for name in list(files('.sh')) + ['dev', '.ci/run']:
        yield from run('bash', '-n', name)
    with tempfile.TemporaryDirectory() as folder:
        for name in files('.py'):
            try:
                py_compile.compile(os.path.join(TOP, name), cfile=folder + '/x.pyc', doraise=True)
            except py_compile.PyCompileError as error:
                yield str(error)


@check
def missing_packages_are_named():
    """./dev says which packages are missing, one nobody ever heard of too"""
    script = '. tools/packages.sh; missing=$(packages_missing no-such-package); [ "$missing" = no-such-package ]'
    yield from run('bash', '-euo', 'pipefail', '-c', script)


@check
def json_parses():
    """every JSON file parses, and every JSON Schema is one"""
    try:
        import jsonschema
    except ImportError:
        jsonschema = None
    for name in files('.json'):
        if '/corpus/' in name:
            continue
        try:
            document = json.loads(read(name))
        except ValueError as error:
            yield f'{name}: {error}'
            continue
        if jsonschema and isinstance(document, dict) and 'json-schema.org' in str(document.get('$schema')):
            try:
                jsonschema.validators.validator_for(document).check_schema(document)
            except jsonschema.SchemaError as error:
                yield f'{name}: {error.message}'


@check
def links_lead_somewhere():
    """every relative link and picture of the documentation exists"""
    for name in files('.md'):
        text = re.sub(r'```.*?```', '', read(name), flags=re.S)
        for target in re.findall(r'\]\(([^)\s#]+)[^)]*\)', text):
            if re.match(r'[a-z]+:', target):
                continue
            if not os.path.exists(os.path.join(TOP, os.path.dirname(name), target)):
                yield f'{name}: {target}'


def validate_copies(ending, *command):
    """A template is validated under the name it is installed by."""
    names = list(files(ending, ending + '.in'))
    if not names:
        yield f'no *{ending} file'
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            text = re.sub(r'@(VERSION|version)@', '1.0', read(name))
            copy = os.path.join(folder, os.path.basename(name).removesuffix('.in'))
            with open(copy, 'w', encoding='utf-8') as stream:
                stream.write(text)
            yield from run(*command, copy)


@check
def metainfo_is_valid():
    """the metainfo is valid (appstreamcli)"""
    yield from validate_copies('.metainfo.xml', 'appstreamcli', 'validate', '--no-net')


@check
def desktop_file_is_valid():
    """the desktop file is valid (desktop-file-validate)"""
    yield from validate_copies('.desktop', 'desktop-file-validate')


@check
def schemas_compile():
    """the settings schema compiles (glib-compile-schemas --strict)"""
    folders = {os.path.dirname(name) for name in files('.gschema.xml')}
    if not folders:
        yield 'no *.gschema.xml file'
    for folder in sorted(folders):
        yield from run('glib-compile-schemas', '--strict', '--dry-run', folder)


@check
def texts_are_listed():
    """po/POTFILES lists every file with texts to translate, and no other"""
    listed = {line for line in read('po/POTFILES').splitlines() if line and line[0] != '#'}
    for name in sorted(listed):
        if not os.path.exists(os.path.join(TOP, name)):
            yield f'{name} does not exist'
    marks = re.compile(r'\b(_|N_|C_|NC_|ngettext|g_dngettext)\s*\(\s*"|translatable="(yes|true)"')
    for name in files('.c', '.ui', under=('app/',)):
        if name not in listed and marks.search(read(name)):
            yield f'{name} has texts but is not listed'


@check
def translations_are_well_formed():
    """the translations are well formed (msgfmt -c)"""
    names = list(files('.po'))
    if not names:
        yield 'no translation'
    for name in names:
        yield from run('msgfmt', '-c', '-o', '/dev/null', name)


def messages(text):
    """The texts of a .po file's entries, without its header."""
    for entry in re.findall(r'^msgid ((?:".*"\s*)+)', text, re.M):
        message = ''.join(re.findall(r'"(.*)"', entry))
        if message:
            yield message


@check
def russian_is_complete():
    """every text of the program is translated to Russian"""
    with tempfile.TemporaryDirectory() as folder:
        template = os.path.join(folder, 'sidetone.pot')
        faults = run(*XGETTEXT, '--files-from=po/POTFILES', '--directory=.', '-o', template)
        yield from faults
        merge = ['msgmerge', '--quiet', '--no-fuzzy-matching', '-o', '-', 'po/ru.po', template]
        for selection, what in (('--untranslated', 'not translated'), ('--only-fuzzy', 'fuzzy')):
            merged = subprocess.run(merge, cwd=TOP, capture_output=True, text=True)
            if merged.returncode:
                yield merged.stderr.strip()
                return
            found = subprocess.run(['msgattrib', '--no-wrap', '--no-obsolete', selection],
                                   input=merged.stdout, capture_output=True, text=True)
            for message in messages(found.stdout):
                yield f'{what}: {message}'


@check
def fuzzers_have_a_corpus():
    """every fuzzer has a corpus"""
    for name in files('.c', under=('tests/fuzz/fuzz-',)):
        corpus = name.replace('fuzz/fuzz-', 'fuzz/corpus/').removesuffix('.c') + '/'
        if not any(files(under=(corpus,))):
            yield f'{corpus} is empty'


def main():
    global all_files
    os.environ['LC_ALL'] = 'C.UTF-8'
    all_files = list_files()
    failed = 0
    print(f'1..{len(checks)}')
    for number, function in enumerate(checks, 1):
        try:
            faults = list(function())
        except OSError as error:
            faults = [str(error)]
        print(f'{"not " if faults else ""}ok {number} - {function.__doc__}')
        for fault in faults[:40]:
            print('# ' + fault)
        failed += bool(faults)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
