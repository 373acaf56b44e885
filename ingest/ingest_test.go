package ingest

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"readout"
)

const english = "The two ministers met in the capital on Monday and said that the talks had been useful. They will meet again after the summer, a spokesman for one of them said.\n"

func TestDecode(t *testing.T) {
	for _, c := range []struct {
		name, in, want, note string
		err                  error
	}{
		{"UTF-8", "Zürich", "Zürich", "", nil},
		{"byte-order mark", "\uFEFFZürich", "Zürich", "", nil},
		{"Windows-1252", "He said \x93yes\x94 in Z\xfcrich", "He said “yes” in Zürich", "read as Windows-1252, since it is not UTF-8", nil},
		{"a broken byte in UTF-8", "Zürich and Genève \xff", "Zürich and Genève \uFFFD", "1 bytes that are not UTF-8 were replaced", nil},
		{"UTF-16", "\xff\xfeO\x00k\x00", "Ok", "read as UTF-16", nil},
		{"UTF-16, big end first", "\xfe\xff\x00O\x00k", "Ok", "read as UTF-16", nil},
		{"CRLF is kept", "a\r\nb", "a\r\nb", "", nil},
		{"empty", "", "", "", ErrEmpty},
		{"white space", " \n\t\u00a0", "", "", ErrEmpty},
		{"only a byte-order mark", "\uFEFF", "", "", ErrEmpty},
		{"NUL", "a\x00b", "", "", ErrBinary},
		{"control characters", "\x01\x02\x03\x04 and so on", "", "", ErrBinary},
		{"PDF", "%PDF-1.7 ...", "", "", ErrBinary},
		{"gzip", "\x1f\x8b\x08\x00", "", "", ErrBinary},
		{"neither encoding", "\x81\x8d\xff\xfe", "", "", ErrBinary},
	} {
		text, note, err := Decode([]byte(c.in))
		if text != c.want || note != c.note || !errors.Is(err, c.err) {
			t.Errorf("%s: Decode(%q) = %q, %q, %v, want %q, %q, %v", c.name, c.in, text, note, err, c.want, c.note, c.err)
		}
	}
}

func TestLanguage(t *testing.T) {
	for _, c := range []struct {
		text, name string
		english    bool
	}{
		{english, "English", true},
		{strings.ToUpper(english), "English", true},
		{"Short.", "English", true},
		{"German Foreign Minister Felix Lander held talks with Swedish Defence Minister Greta Emmer in Vienna on Monday about sanctions, item 88 of 90.", "English", true},
		{"Die beiden Minister trafen sich am Montag in der Hauptstadt und sagten, dass die Gespräche nützlich gewesen seien. Sie werden sich nach dem Sommer wieder treffen, sagte ein Sprecher.", "German", false},
		{"Los dos ministros se reunieron el lunes en la capital y dijeron que las conversaciones habían sido útiles. Se reunirán de nuevo después del verano, dijo un portavoz de uno de ellos.", "Spanish", false},
		{"Les deux ministres se sont rencontrés lundi dans la capitale et ont déclaré que les pourparlers avaient été utiles. Ils se reverront après l'été, a dit un porte-parole de l'un d'eux.", "French", false},
		{"Два министра встретились в понедельник в столице и заявили, что переговоры были полезными. Они встретятся снова после лета, сообщил представитель одного из них.", "Russian", false},
		{"两位部长星期一在首都举行会晤并表示会谈是有益的他们将在夏天之后再次会面其中一位的发言人说", "Mandarin", false},
	} {
		if name, ok := Language(c.text); name != c.name || ok != c.english {
			t.Errorf("Language(%q) = %s, %v, want %s, %v", c.text, name, ok, c.name, c.english)
		}
	}
}

func TestParseDate(t *testing.T) {
	day := time.Date(2025, 8, 19, 0, 0, 0, 0, time.UTC)
	for _, s := range []string{"2025-08-19", "2025/08/19", "19 August 2025", "August 19, 2025", " 2025-08-19T02:00:00+02:00", "20250819"} {
		if got, err := ParseDate(s); err != nil || !got.Equal(day) {
			t.Errorf("ParseDate(%q) = %v, %v, want %v", s, got, err, day)
		}
	}
	for _, s := range []string{"", "yesterday", "03/04/2025", "2025-13-01", "2025-02-30"} {
		if got, err := ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", s, got)
		}
	}
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func collect(cfg Config, inputs ...string) []Item {
	var out []Item
	for it := range Items(cfg, inputs) {
		out = append(out, it)
	}
	return out
}

func TestItemsFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"b.txt": english, "a/c.txt": english, ".hidden/d.txt": english, "notes.doc": "x",
		"z.jsonl": `{"id": 7, "text": "` + strings.TrimSpace(english) + `", "published": "2024-05-06", "outlet": "Courier"}` + "\n\nnot json\n",
	})
	items := collect(Config{Defaults: readout.Article{Outlet: "Gazette"}}, dir, filepath.Join(dir, "missing.txt"))
	var got []string
	for _, it := range items {
		s := strings.TrimPrefix(it.Name, dir+string(filepath.Separator)) + " " + it.Article.Outlet + " " + it.Article.Key
		if it.Err != nil {
			s += "! " + it.Err.Error()
		}
		got = append(got, filepath.ToSlash(s))
	}
	want := []string{
		"a/c.txt Gazette ", "b.txt Gazette ", "z.jsonl:1 Courier 7",
		"z.jsonl:3  ! the line is no JSON object with a text: invalid character 'o' in literal null (expecting 'u')",
		"missing.txt  ! there is no such file or folder",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestItemsErrors(t *testing.T) {
	dir := t.TempDir()
	german := "Die beiden Minister trafen sich am Montag in der Hauptstadt und sagten, dass die Gespräche nützlich gewesen seien. Sie werden sich nach dem Sommer wieder treffen, sagte ein Sprecher.\n"
	write(t, dir, map[string]string{
		"german.txt": german, "page.txt": "<!DOCTYPE html><html><body>x</body></html>", "large.txt": strings.Repeat("word ", 100),
		"date.jsonl": `{"text": "Some words.", "published": "soon"}`, "none.jsonl": `{"id": "a"}`, "empty.jsonl": "", "long.jsonl": `{"text": "` + strings.Repeat("word ", 100) + `"}`,
	})
	if err := os.Mkdir(filepath.Join(dir, "void"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"german.txt":  "it is not in English: it seems to be in German",
		"page.txt":    "no article was found in the page",
		"large.txt":   "it has more than 300 bytes",
		"long.jsonl":  "it has more than 300 bytes",
		"date.jsonl":  `published: "soon" is no date`,
		"none.jsonl":  `the line has no "text"`,
		"empty.jsonl": "it is empty",
		"void":        "the folder has no articles",
	} {
		items := collect(Config{MaxBytes: 300}, filepath.Join(dir, name))
		if len(items) != 1 || items[0].Err == nil || !strings.Contains(items[0].Err.Error(), want) {
			t.Errorf("%s: got %+v, want an error with %q", name, items, want)
		}
	}
	if it := collect(Config{AnyLanguage: true}, filepath.Join(dir, "german.txt")); it[0].Err != nil {
		t.Errorf("with AnyLanguage: %v", it[0].Err)
	}
}

func TestItemsStdin(t *testing.T) {
	items := collect(Config{Stdin: strings.NewReader(english)}, Stdin)
	if len(items) != 1 || items[0].Err != nil || items[0].Article.Text != english {
		t.Errorf("text on standard input: %+v", items)
	}
	items = collect(Config{Stdin: strings.NewReader(`{"text": "One line."}` + "\n" + `{"text": "Another."}`)}, Stdin)
	if len(items) != 2 || items[1].Article.Text != "Another." {
		t.Errorf("lines on standard input: %+v", items)
	}
	if items := collect(Config{}, Stdin); items[0].Err == nil {
		t.Errorf("no standard input: %+v", items)
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"plain", "\uFEFFmark", "\x93quoted\x94", "\xff\xfea\x00", "a\x00b", "%PDF-"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		text, _, err := Decode(b)
		if err != nil && text != "" {
			t.Errorf("Decode gives text %q and error %v", text, err)
		}
		if err == nil && (!utf8.ValidString(text) || strings.TrimSpace(text) == "") {
			t.Errorf("Decode(%q) = %q", b, text)
		}
	})
}

func FuzzLines(f *testing.F) {
	f.Add(`{"id": "a", "text": "Some words."}`)
	f.Add(`{"id": 1e9, "text": "x", "published": "2024-01-01"}` + "\n{}")
	f.Fuzz(func(t *testing.T, s string) {
		for it := range Items(Config{Stdin: strings.NewReader("{\"id\"" + s), MaxBytes: 1 << 16}, []string{Stdin}) {
			if it.Err == nil && strings.TrimSpace(it.Article.Text) == "" {
				t.Errorf("an item without text and without error: %+v", it)
			}
			if it.Name == "" {
				t.Error("an item without a name")
			}
		}
	})
}
