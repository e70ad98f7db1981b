/* test-exchange.c - marks in the files of other programs
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each file in data/marks has the form one version of a program writes. What is
 * read from it is compared in full, and again after it was written.
 */
#include <string.h>

#include "marks-kit.h"
#include "side-error.h"
#include "side-test.h"

static SideMarkList *
load (const char *name)
{
  g_autofree char *relative = g_build_filename ("data", "marks", name, NULL);
  g_autofree char *path = side_test_data (relative);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  SideMarkList *list;
  gsize len;

  g_file_get_contents (path, &bytes, &len, &error);
  g_assert_no_error (error);
  list = side_marks_parse (bytes, len, SIDE_MARKS_NONE, &error);
  if (error != NULL)
    g_test_message ("%s", name);
  g_assert_no_error (error);
  return list;
}

static void
check_marks (const char *name,
             const char *expected)
{
  g_autoptr (SideMarkList) list = load (name);
  g_autofree char *told = marks_kit_tell (list);

  g_test_message ("%s", name);
  marks_kit_assert_same (told, expected);
}

static void
test_audacity (void)
{
  check_marks ("audacity-3.txt",
               "12000000000-15250000000\n"
               "1234567891000-1300000000000 tag=\"\\320\\236\\320\\277\\320\\265\\321\\200\\320\\260\\321\\202\\320\\276\\321\\200\""
               " text=\"\\320\\277\\320\\265\\321\\200\\320\\265\\320\\261\\320\\270\\320\\262\\320\\260\\320\\265\\321\\202, "
               "\\320\\267\\320\\260\\321\\202\\320\\265\\320\\274 \\320\\270\\320\\267\\320\\262\\320\\270\\320\\275\\321\\217\\320\\265\\321\\202\\321\\201\\321\\217\"\n"
               "2150000000-2150000000 text=\"asked for the order number\"\n"
               "3400000000-6100000000 tag=\"Dead air\" text=\"looks something up\"");
  check_marks ("audacity-spectral.txt",
               "1000000000-1000000000 text=\"click\" hz=6928.456-6928.456\n"
               "2000000000-2500000000 text=\"hum below\" hz=-1.000-6334.589\n"
               "3000000000-3500000000 text=\"hiss above\" hz=8908.016--1.000\n"
               "4000000000-4500000000 text=\"tone\" hz=1484.669-2969.339\n"
               "5000000000-5500000000 text=\"no frequencies\"");
  check_marks ("audacity-comma.txt",
               "2150000000-2150000000 text=\"\\321\\202\\320\\276\\321\\207\\320\\272\\320\\260\"\n"
               "3400000000-6100000000 text=\"interval\" hz=300.500-3400.000");
  check_marks ("audacity-1.2.txt",
               "12000000000-12000000000 text=\"second label 7\"\n"
               "500000000-500000000 text=\"greeting\"\n"
               "61250000000-61250000000 text=\"10 more\"");
}

static void
test_textgrid (void)
{
  static const char expected[] =
    "1234567890-1600000000 tag=\"Mary\" text=\"two\\nlines\"\n"
    "1750000000-1750000000 tag=\"bell\"\n"
    "250000000-250000000 tag=\"bell\" text=\"ding\"\n"
    "700000000-1234567890 tag=\"Mary\" text=\"she said \\\"hello\\\", twice\"";
  static const char *const encoded[] = { "praat-utf16.TextGrid", "praat-utf16le.TextGrid" };

  check_marks ("praat-long.TextGrid", expected);
  check_marks ("praat-short.TextGrid",
               "10000-10000 tag=\"bell\" text=\"ding\"\n"
               "500000000-1750000000 tag=\"Mary\" text=\"short ! no comment\"");
  check_marks ("praat-comments.TextGrid",
               "0-1500000000 tag=\"Mary\" text=\"a\"\n"
               "1500000000-2300000000 tag=\"Mary\" text=\"b \\\"!\\\" c\"");
  check_marks ("praat-none.TextGrid", "");
  for (guint i = 0; i < G_N_ELEMENTS (encoded); i++)
    {
      g_autoptr (SideMarkList) list = load (encoded[i]);

      g_assert_cmpuint (list->marks->len, ==, 4);
      g_assert_cmpuint (list->tiers->len, ==, 4);
      g_assert_cmpstr (((SideMarkTier *) list->tiers->pdata[1])->name, ==, "Иван");
      g_assert_cmpstr (((SideMark *) list->marks->pdata[2])->text, ==, "дзынь ʔ 🔔");
      g_assert_cmpint (list->end_ns, ==, 2300000000);
    }
}

/* Praat refuses an interval tier with gaps or overlaps. */
static void
check_tiers (const char *text)
{
  const char *p = text;
  double at = 0.0, from, to;

  while ((p = strstr (p, "xmin = ")) != NULL)
    {
      const char *before = p;

      from = g_ascii_strtod (p + 7, NULL);
      p = strstr (p, "xmax = ");
      to = g_ascii_strtod (p + 7, NULL);
      g_assert_cmpfloat (from, <, to);
      /* Twelve blanks are before an interval's, fewer before a tier's. */
      if (before - text >= 12 && strncmp (before - 12, "            ", 12) == 0)
        {
          g_assert_cmpfloat (from, ==, at);
          at = to;
        }
      else
        {
          at = from;
        }
    }
}

static void
test_textgrid_whole (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (int round = 0; round < 30; round++)
    {
      g_autoptr (SideMarkList) list = marks_kit_random_marks (rand, 40);
      g_autofree char *text = NULL;

      for (guint i = 0; i < list->marks->len; i++)
        g_clear_pointer (&((SideMark *) list->marks->pdata[i])->text, g_free);
      text = side_marks_write (list, SIDE_MARKS_TEXTGRID, NULL, NULL);
      g_assert_nonnull (text);
      check_tiers (text);
    }
}

static void
test_eaf (void)
{
  g_autoptr (SideMarkList) list = load ("elan-3.0.eaf");

  g_assert_cmpstr (list->media, ==, "file:///recordings/call%204711.wav");
  g_assert_cmpuint (list->tiers->len, ==, 4);
  /* ts2 and ts3 have no time: they part 780..1590 evenly. */
  check_marks ("elan-3.0.eaf",
               "1050000000-1320000000 tag=\"O-POS\" id=\"a8\" parent=\"a4\" side=1\n"
               "1050000000-1320000000 tag=\"O-POS\" text=\"pro\" id=\"a7\" parent=\"a4\" side=1\n"
               "1050000000-1320000000 tag=\"O-Words\" text=\"you\" id=\"a4\" side=1\n"
               "1320000000-1590000000 tag=\"O-Words\" text=\"go <out>\" id=\"a5\" side=1\n"
               "1900000000-2500000000 tag=\"O-Spch\" text=\"\\320\\264\\320\\260, \\\"\\320\\272\\320\\276\\320\\275\\320\\265\\321\\207\\320\\275\\320\\276\\\"\" author=\"Nina\" id=\"a2\" side=1\n"
               "780000000-1050000000 tag=\"O-POS\" text=\"adv\" id=\"a6\" parent=\"a3\" side=1\n"
               "780000000-1050000000 tag=\"O-Words\" text=\"so\" id=\"a3\" side=1\n"
               "780000000-1590000000 tag=\"O-Spch\" text=\"so you go out & <pause>\" author=\"Nina\" id=\"a1\" side=1");
  check_marks ("elan-2.8.eaf", "0-3600000000000 tag=\"default\" text=\"an hour\" id=\"a1\"");
}

/* What only ELAN knows is still there after it was written. */
static void
test_eaf_kept (void)
{
  g_autoptr (SideMarkList) list = load ("elan-3.0.eaf");
  g_autofree char *text = side_marks_write (list, SIDE_MARKS_EAF, NULL, NULL);
  static const char *const kept[] = {
    "AUTHOR=\"Nina\" DATE=\"2026-10-02T11:12:13+03:00\" FORMAT=\"3.0\"",
    "<LICENSE LICENSE_URL=\"\">",
    "<PROPERTY NAME=\"lastUsedAnnotationId\">9</PROPERTY>",
    "RELATIVE_MEDIA_URL=\"./call%204711.wav\"",
    "<TIME_SLOT TIME_SLOT_ID=\"ts2\"/>\n        <TIME_SLOT TIME_SLOT_ID=\"ts3\"/>\n        <TIME_SLOT TIME_SLOT_ID=\"ts4\" TIME_VALUE=\"1590\"/>",
    "TIME_SLOT_REF1=\"ts2\" TIME_SLOT_REF2=\"ts3\"",
    "ANNOTATION_ID=\"a6\" ANNOTATION_REF=\"a3\" CVE_REF=\"cveid0\"",
    "PREVIOUS_ANNOTATION=\"a7\"",
    "EXT_REF=\"er1\"",
    "LANG_REF=\"rus\" LINGUISTIC_TYPE_REF=\"utterance\"/>",
    "CONTROLLED_VOCABULARY_REF=\"pos\"",
    "<LOCALE COUNTRY_CODE=\"US\" LANGUAGE_CODE=\"en\">",
    "<DESCRIPTION LANG_REF=\"und\">parts &amp; kinds</DESCRIPTION>",
    "<CVE_VALUE DESCRIPTION=\"adverb\" LANG_REF=\"und\">adv</CVE_VALUE>",
    "VALUE=\"https://example.org/?a=1&amp;b=2\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (strstr (text, kept[i]) == NULL)
      g_error ("%s is lost:\n%s", kept[i], text);
  g_assert_null (strstr (text, "mark:"));
  g_assert_true (strstr (strstr (text, "STEREOTYPE=\"Included_In\"") + 1, "STEREOTYPE=\"Included_In\"") == NULL);
}

static void
test_vtt (void)
{
  check_marks ("subtitles.vtt",
               "1000000000-4250000000 text=\"Good morning, Tea shop & more.\" author=\"Anna\" id=\"greeting\"\n"
               "10000000000-11000000000 id=\"3\"\n"
               "12000000000-13000000000 text=\"two\\n \\nlines with a time <unclosed\"\n"
               "5000000000-360009125000000 text=\"- Is it <you>?\\n- &Eacute;t&eacute;\\302\\240\\342\\200\\246\"");
  check_marks ("audacity.vtt",
               "2150000000-2150000000 text=\"point\" id=\"1\"\n"
               "3400000000-6100000000 text=\"span\" id=\"2\"");
}

/* Times finer than a format's own are the same before and after it. */
static void
test_vtt_fine (void)
{
  const char text[] = "WEBVTT\n\n00:01.00040 --> 00:02.0006\nlong\n\n00:03.0001 --> 00:03.0002\nshort\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (SideMarkList) list = side_marks_parse (text, strlen (text), SIDE_MARKS_VTT, &error);
  g_autoptr (SideMarkList) again = NULL;
  g_autofree char *told = NULL;
  g_autofree char *told_again = NULL;

  g_assert_no_error (error);
  told = marks_kit_tell_all (list);
  again = marks_kit_again (list, SIDE_MARKS_VTT);
  told_again = marks_kit_tell_all (again);
  marks_kit_assert_same (told, "list 0-0\n1000000000-2001000000 text=\"long\" tier=-1\n3000000000-3000000000 text=\"short\" tier=-1");
  marks_kit_assert_same (told_again, told);
}

static void
test_csv (void)
{
  check_marks ("own.csv",
               "1250000000-4500000000 tag=\"greeting\" text=\"Says \\\"hello\\\", twice\" author=\"Anna\" id=\"3f1d5a52-6f0b-4f58-9a41-2f6d86a0c101\""
               " criterion=\"c-7\" side=1 at=1795255200000,1795255500500\n"
               "1250000000-4500000000 text=\"Not\\ntwice\" author=\"Boris\" id=\"3f1d5a52-6f0b-4f58-9a41-2f6d86a0c102\""
               " parent=\"3f1d5a52-6f0b-4f58-9a41-2f6d86a0c101\" at=1795258800000,0\n"
               "7000000000-7000000000 tag=\"noise\" text=\"=HYPERLINK(1)\" side=2 hz=300.000-3400.500");
  check_marks ("excel.csv",
               "3723000000000-3723000000000 text=\"\\320\\272\\320\\276\\320\\275\\320\\265\\321\\206 \\321\\207\\320\\260\\321\\201\\320\\260\"\n"
               "62500000000-65000000000 tag=\"\\320\\237\\320\\260\\321\\203\\320\\267\\320\\260\" text=\"\\320\\270\\321\\211\\320\\265\\321\\202; "
               "\\320\\275\\320\\265 \\320\\275\\320\\260\\321\\205\\320\\276\\320\\264\\320\\270\\321\\202\"");
  check_marks ("elan-export.tsv",
               "1900000000-2500000000 tag=\"C-Spch\" text=\"yes\"\n"
               "780000000-1590000000 tag=\"O-Spch\" text=\"so you go out\"");
  check_marks ("bare.csv",
               "12500000000-13000000000 text=\"cough\"\n"
               "62250000000-63500000000 text=\"sneeze\"");
  check_marks ("labels.csv",
               "1500000000-1750000000 text=\"click\"\n"
               "2000000000-2000000000 text=\"point\"");
}

/* A column we kept for another program is not taken for one of ours later. */
static void
test_csv_kept (void)
{
  const char text[] = "Tier\tBegin Time - msec\tEnd TimeTime - msec\tDuration - - msec\tDuration - msec\tAnnotation\n"
                      "O-Spch\t780\t1590\t810\tso you\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (SideMarkList) list = side_marks_parse (text, strlen (text), SIDE_MARKS_CSV, &error);
  g_autoptr (SideMarkList) again = NULL;
  g_autofree char *told = NULL;
  g_autofree char *told_again = NULL;

  g_assert_no_error (error);
  again = marks_kit_again (list, SIDE_MARKS_CSV);
  told = marks_kit_tell_all (list);
  told_again = marks_kit_tell_all (again);
  marks_kit_assert_same (told_again, told);
}

/* Every file, read and written in its own format, says the same in all. */
static void
test_again (void)
{
  g_autofree char *folder = side_test_data ("data/marks");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (SideMarkList) list = load (name);
      SideMarksFormat format = side_marks_format_from_name (name);
      g_autoptr (SideMarkList) again = marks_kit_again (list, format);
      g_autofree char *told = marks_kit_tell_all (list);
      g_autofree char *told_again = marks_kit_tell_all (again);
      g_autofree char *text = side_marks_write (list, format, NULL, NULL);
      g_autofree char *text_again = side_marks_write (again, format, NULL, NULL);

      g_test_message ("%s", name);
      marks_kit_assert_same (told_again, told);
      g_assert_cmpstr (text_again, ==, text);
      n++;
    }
  g_assert_cmpuint (n, >=, 19);
}

/* The ending and the content tell the same. */
static void
test_formats (void)
{
  g_autofree char *folder = side_test_data ("data/marks");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize len;

      g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
      g_test_message ("%s", name);
      g_assert_cmpint (side_marks_format_from_bytes (bytes, len), ==, side_marks_format_from_name (name));
    }
  for (guint i = 0; i < G_N_ELEMENTS (marks_kit_formats); i++)
    g_assert_cmpint (side_marks_format_from_word (side_marks_format_to_word (marks_kit_formats[i])), ==, marks_kit_formats[i]);
  g_assert_cmpint (side_marks_format_from_word ("srt"), ==, SIDE_MARKS_NONE);
  g_assert_cmpint (side_marks_format_from_name ("a.TXT"), ==, SIDE_MARKS_AUDACITY);
  g_assert_cmpint (side_marks_format_from_name ("a.eaf/b"), ==, SIDE_MARKS_NONE);
  g_assert_cmpint (side_marks_format_from_bytes ("", 0), ==, SIDE_MARKS_NONE);
  g_assert_cmpint (side_marks_format_from_bytes ("Dear all,\nthis is a letter", 26), ==, SIDE_MARKS_NONE);
  g_assert_cmpint (side_marks_format_from_bytes ("<html></html>", 13), ==, SIDE_MARKS_NONE);
}

/* What is wrong is said with its line. */

typedef struct {
  SideMarksFormat  format;
  const char      *text;
  const char      *said;
} Wrong;

#define GRID "\"ooTextFile\"\n\"TextGrid\"\n0 9 <exists> 1\n\"IntervalTier\" \"a\" 0 9 "
#define EAF(tiers) "<ANNOTATION_DOCUMENT>\n<TIME_ORDER>\n<TIME_SLOT TIME_SLOT_ID=\"t1\" TIME_VALUE=\"5\"/>" \
                   "<TIME_SLOT TIME_SLOT_ID=\"t2\" TIME_VALUE=\"9\"/></TIME_ORDER>\n" tiers "\n</ANNOTATION_DOCUMENT>"
#define ALIGNED(id, a, b) "<ANNOTATION>\n<ALIGNABLE_ANNOTATION ANNOTATION_ID=\"" id "\" TIME_SLOT_REF1=\"" a "\" TIME_SLOT_REF2=\"" b "\"/></ANNOTATION>"
#define REF(id, to) "<ANNOTATION><REF_ANNOTATION ANNOTATION_ID=\"" id "\" ANNOTATION_REF=\"" to "\"/></ANNOTATION>"

static const Wrong wrongs[] = {
  { SIDE_MARKS_AUDACITY, "1.0\t2.0\tx\nhello\n", "line 2: a label begins with its time" },
  { SIDE_MARKS_AUDACITY, "1\t2\tx\n\n-1\t2\tx", "line 3: " },
  { SIDE_MARKS_AUDACITY, "1\t-2\tx", "line 1: the end of the label" },
  { SIDE_MARKS_AUDACITY, "1\tnan\tx", "line 1: the end of the label" },
  { SIDE_MARKS_AUDACITY, "1\tinf\tx", "line 1: the end of the label" },
  { SIDE_MARKS_AUDACITY, "inf\t1\tx", "line 1: a label begins" },
  { SIDE_MARKS_AUDACITY, "nan\t1\tx", "line 1: a label begins" },
  { SIDE_MARKS_AUDACITY, "1e300\t1\tx", "line 1: a label begins" },
  { SIDE_MARKS_AUDACITY, "99999999999999999999999999\t1\tx", "line 1: a label begins" },
  { SIDE_MARKS_AUDACITY, "1\t99999999999999999999999999\tx", "line 1: the end of the label" },
  { SIDE_MARKS_AUDACITY, "5\t4\tx", "line 1: the mark ends before it begins" },
  { SIDE_MARKS_AUDACITY, "\\\t1\t2", "line 1: there is no label" },
  { SIDE_MARKS_AUDACITY, "1\t2\tx\r\n\\\tlow\thigh", "line 2: after the backslash" },
  { SIDE_MARKS_AUDACITY, "1\t2\tx\n\\\t1\tinf", "line 2: after the backslash" },
  { SIDE_MARKS_AUDACITY, "1\t2\tx\n2\t3\t\xc3\x28", "line 2: the text is not UTF-8" },
  { SIDE_MARKS_TEXTGRID, "\"ooTextFile\"\n\"Pitch\"", "line 2: this is not a TextGrid" },
  { SIDE_MARKS_TEXTGRID, "\"ooTextFile", "line 1: a quotation mark is not closed" },
  { SIDE_MARKS_TEXTGRID, GRID "2 0 1 \"x\"\n1 2", "line 5: a text in quotation marks is missing" },
  { SIDE_MARKS_TEXTGRID, GRID "99999999", "line 4: a time is missing" },
  { SIDE_MARKS_TEXTGRID, GRID "99999999999999", "line 4: this is not a number of things" },
  { SIDE_MARKS_TEXTGRID, GRID "-1", "line 4: this is not a number of things" },
  { SIDE_MARKS_TEXTGRID, GRID "1\n5 4 \"x\"", "line 5: the mark ends before it begins" },
  { SIDE_MARKS_TEXTGRID, GRID "1\n-5 4 \"x\"", "line 5: this is not a time" },
  { SIDE_MARKS_TEXTGRID, GRID "1\n0 1e99 \"x\"", "line 5: this is not a time" },
  { SIDE_MARKS_TEXTGRID, GRID "1\n0 --undefined-- \"x\"", "line 5: this is not a time" },
  { SIDE_MARKS_TEXTGRID, "\"ooTextFile\" \"TextGrid\" 9 0 <exists> 0", "line 1: the TextGrid ends before it begins" },
  { SIDE_MARKS_TEXTGRID, "\"ooTextFile\" \"TextGrid\" 0 9 <exists> 1 \"Tier\" \"x\"", "line 1: a tier is neither" },
  { SIDE_MARKS_EAF, "<ANNOTATION_DOCUMENT>\n<TIER>", "line 2: a tier has no TIER_ID" },
  { SIDE_MARKS_EAF, "<ANNOTATION_DOCUMENT>\n<HEADER>", "line 2: the XML is damaged" },
  { SIDE_MARKS_EAF, "<TEI/>", "line 1: this is XML but not" },
  { SIDE_MARKS_EAF, "", "line 1: the XML is damaged" },
  { SIDE_MARKS_EAF, "<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"b\">]>\n<ANNOTATION_DOCUMENT/>", "a document type is declared" },
  { SIDE_MARKS_EAF, EAF ("<TIER TIER_ID=\"&a;\"/>"), "line 4: the XML is damaged" },
  { SIDE_MARKS_EAF, EAF ("<TIER TIER_ID=\"x\">" ALIGNED ("a1", "t1", "t3") "</TIER>"), "line 5: there is no time slot “t3”" },
  { SIDE_MARKS_EAF, EAF ("<TIER TIER_ID=\"x\">" ALIGNED ("a1", "t2", "t1") "</TIER>"), "line 5: the mark ends before it begins" },
  { SIDE_MARKS_EAF, EAF ("<TIER TIER_ID=\"x\">" REF ("a1", "a2") "</TIER>"), "line 4: there is no annotation “a2”" },
  { SIDE_MARKS_EAF, EAF ("<TIER TIER_ID=\"x\">" REF ("a1", "a2") REF ("a2", "a1") "</TIER>"), "refer to each other in a circle" },
  { SIDE_MARKS_EAF, EAF ("<TIER TIER_ID=\"x\">" REF ("a1", "a1") "</TIER>"), "refer to each other in a circle" },
  { SIDE_MARKS_EAF, "<ANNOTATION_DOCUMENT><TIME_ORDER>\n<TIME_SLOT TIME_SLOT_ID=\"t\" TIME_VALUE=\"-1\"/>", "line 2: “-1” is not a number" },
  { SIDE_MARKS_EAF, "<ANNOTATION_DOCUMENT>\n<HEADER TIME_UNITS=\"PAL-frames\"/></ANNOTATION_DOCUMENT>", "line 2: times are in “PAL-frames”" },
  { SIDE_MARKS_VTT, "WEBVTT2\n", "line 1: a WebVTT file begins" },
  { SIDE_MARKS_VTT, "WEBVTT\n\n1\n1 --> 2\nx", "line 4: the times of a cue" },
  { SIDE_MARKS_VTT, "WEBVTT\n\n00:01.000 --> \nx", "line 3: the times of a cue" },
  { SIDE_MARKS_VTT, "WEBVTT\n\n00:61.000 --> 00:70.000\nx", "line 3: the times of a cue" },
  { SIDE_MARKS_VTT, "WEBVTT\n\n00:09.000 --> 00:08.000\nx", "line 3: the mark ends before it begins" },
  { SIDE_MARKS_VTT, "WEBVTT\n\n-00:09.000 --> 00:08.000\nx", "line 3: the times of a cue" },
  { SIDE_MARKS_CSV, "who,what\na,b\n", "line 1: no column is named" },
  { SIDE_MARKS_CSV, "from,text\n1,\"a\n\n", "line 2: a quotation mark is not closed" },
  { SIDE_MARKS_CSV, "from,text\n1,a\n\"2\n\",b\nx,c", "line 3: “2\n” is not a time" },
  { SIDE_MARKS_CSV, "from,to\n1,0.5", "line 2: the mark ends before it begins" },
  { SIDE_MARKS_CSV, "from,to\n1,2,3", "line 2: the row has more cells" },
  { SIDE_MARKS_CSV, "from,to\n,2", "line 2: the row does not say when" },
  { SIDE_MARKS_CSV, "from,side\n1,left", "line 2: “left” cannot be the column “side”" },
  { SIDE_MARKS_CSV, "from,created\n1,soon", "line 2: “soon” cannot be" },
  { SIDE_MARKS_CSV, "from,low_hz\n1,nan", "line 2: “nan” cannot be" },
  { SIDE_MARKS_CSV, "from,duration\n3600000,1", "line 2: the mark ends after" },
};

static void
test_wrong (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      const Wrong *wrong = &wrongs[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (SideMarkList) list = side_marks_parse (wrong->text, strlen (wrong->text), wrong->format, &error);

      if (list != NULL)
        g_error ("it was taken: %s", wrong->text);
      g_assert_cmpint (error->domain, ==, SIDE_ERROR);
      if (strstr (error->message, wrong->said) == NULL)
        g_error ("“%s” is said of %s", error->message, wrong->text);
    }
}

/* Bytes that are no text, and files over the limits. */
static void
test_limits (void)
{
  static const char nul[] = "1\t2\tx\n3\t4\ty\0z\n";
  g_autoptr (GError) error = NULL;
  g_autofree char *large = g_malloc0 (SIDE_MARKS_MAX_BYTES + 1);
  g_autofree char *text = g_strnfill (SIDE_MARKS_MAX_TEXT + 10, 'x');
  g_autofree char *line = g_strconcat ("1\t2\tx\n1\t2\t", text, NULL);
  GString *many = g_string_new (NULL);

  g_assert_null (side_marks_parse (nul, sizeof nul - 1, SIDE_MARKS_AUDACITY, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "line 2: there is a NUL byte in the text");
  g_clear_error (&error);
  g_assert_null (side_marks_parse (large, SIDE_MARKS_MAX_BYTES + 1, SIDE_MARKS_CSV, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_null (side_marks_parse (line, strlen (line), SIDE_MARKS_AUDACITY, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE);
  g_assert_true (g_str_has_prefix (error->message, "line 2: "));
  g_clear_error (&error);
  g_assert_null (side_marks_parse ("\xff\xfe" "a", 3, SIDE_MARKS_TEXTGRID, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_clear_error (&error);
  for (guint i = 0; i <= SIDE_MARKS_MAX; i++)
    g_string_append (many, "1\t2\tx\n");
  g_assert_null (side_marks_parse (many->str, many->len, SIDE_MARKS_AUDACITY, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE);
  g_string_free (many, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/audacity", test_audacity);
  g_test_add_func ("/exchange/textgrid", test_textgrid);
  g_test_add_func ("/exchange/textgrid/whole", test_textgrid_whole);
  g_test_add_func ("/exchange/eaf", test_eaf);
  g_test_add_func ("/exchange/eaf/kept", test_eaf_kept);
  g_test_add_func ("/exchange/vtt", test_vtt);
  g_test_add_func ("/exchange/vtt/fine", test_vtt_fine);
  g_test_add_func ("/exchange/csv", test_csv);
  g_test_add_func ("/exchange/csv/kept", test_csv_kept);
  g_test_add_func ("/exchange/again", test_again);
  g_test_add_func ("/exchange/formats", test_formats);
  g_test_add_func ("/exchange/wrong", test_wrong);
  g_test_add_func ("/exchange/limits", test_limits);
  return g_test_run ();
}
