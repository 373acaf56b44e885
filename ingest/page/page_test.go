package page

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// pages are where the pages of testdata are from.
var pages = map[string]string{
	"jsonld":     "https://www.morning-ledger.example/world/2025/aug/19/harbour-talks-resume-valletta?utm_campaign=x",
	"opengraph":  "https://www.capital-tribune.example/2024/03/05/envoys-leave-port-amal?page=all",
	"bare":       "http://valley-post.example/030612.htm",
	"liveblog":   "https://observer.example/live/bergen-summit",
	"byline":     "https://dnipro-dispatch.example/2023/11/02/exchange",
	"wire":       "https://www.harbour-gazette.example/world/norway-parties-monitors-2025-08-19/",
	"syndicated": "https://straits-chronicle.example/world/africa/five-points-agreed-at-lake-talks",
	"official":   "",
	"paywall":    "https://daily-meridian.example/envoy",
}

func TestPages(t *testing.T) {
	for name, address := range pages {
		b, err := os.ReadFile(filepath.Join("testdata", name+".html"))
		if err != nil {
			t.Fatal(err)
		}
		p, err := Parse(b, Config{URL: address})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := show(p)
		file := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(file); err != nil || got != string(want) {
			t.Errorf("%s: got\n%s\nwant %v\n%s", name, got, err, want)
		}
	}
}

func show(p *Page) string {
	stamp := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.RFC3339)
	}
	return fmt.Sprintf("title: %s\nbyline: %s\noutlet: %s\ncredit: %s\nlanguage: %s\npublished: %s\nmodified: %s\nurl: %s\npartial: %v\nfeeds: %s\n\n%s\n",
		p.Title, p.Byline, p.Outlet, p.Credit, p.Language, stamp(p.Published), stamp(p.Modified), p.URL, p.Partial, strings.Join(p.Feeds, " "), p.Text)
}

func TestNoArticle(t *testing.T) {
	b, err := os.ReadFile("testdata/front.html")
	if err != nil {
		t.Fatal(err)
	}
	deep := strings.Repeat("<div>", 2000) + "words"
	many := strings.Repeat("<i></i>", maxElements+1)
	for _, c := range []struct {
		name, page string
		want       error
	}{
		{"a front page", string(b), ErrNoArticle}, {"nothing", "", ErrNoArticle}, {"a picture", "\x89PNG\r\n\x1a\n", ErrNoArticle},
		{"deep nesting", deep, ErrTooComplex}, {"many elements", many, ErrTooComplex},
		{"only a script", `<html><body><div id="root"></div><script>render("many words of an article")</script></body></html>`, ErrNoArticle},
	} {
		if p, err := Parse([]byte(c.page), Config{URL: "https://capital-tribune.example/"}); p != nil || !errors.Is(err, c.want) {
			t.Errorf("%s: Parse = %v, %v, want %v", c.name, p, err, c.want)
		}
	}
}

func TestCharset(t *testing.T) {
	body := "<p>The minister said in Z\xfcrich that the talks would go on, \x93whatever it takes\x94, and that a second round was planned for the end of the month.</p>"
	for _, c := range []struct{ name, head, contentType string }{
		{"the header", "", "text/html; charset=ISO-8859-1"},
		{"a meta element", `<meta charset="windows-1252">`, "text/html"},
		{"nothing", "", ""},
	} {
		p, err := Parse([]byte("<html><head>"+c.head+"</head><body><article>"+body+"</article></body></html>"), Config{ContentType: c.contentType})
		if err != nil || !strings.Contains(p.Text, "Zürich") || !strings.Contains(p.Text, "“whatever it takes”") {
			t.Errorf("by %s: %+v, %v", c.name, p, err)
		}
	}
}

func TestParseDate(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"2025-08-19T18:42:07+01:00", "2025-08-19T17:42:07Z"}, {"2025-08-19T18:42:07.123Z", "2025-08-19T18:42:07.123Z"},
		{"2025-08-19T18:42:07-0500", "2025-08-19T23:42:07Z"}, {"2025-08-19T18:42+02:00", "2025-08-19T16:42:00Z"},
		{"2025-08-19 18:42:07", "2025-08-19T18:42:07Z"}, {"2025-08-19T14:30+02:00[Europe/Paris]", "2025-08-19T12:30:00Z"},
		{"Tue, 19 Aug 2025 18:42:07 EDT", "2025-08-19T22:42:07Z"}, {"Tue, 19 Aug 2025 18:42:07 GMT", "2025-08-19T18:42:07Z"},
		{"August 19, 2025 3:14 PM EDT", "2025-08-19T19:14:00Z"}, {"August 19, 2025 3:14 PM", "2025-08-19T15:14:00Z"},
		{"2025-08-19", "2025-08-19T00:00:00Z"}, {"19 August 2025", "2025-08-19T00:00:00Z"}, {"20250819", "2025-08-19T00:00:00Z"},
		{"Tue, 19 Aug 2025 18:42:07 IST", ""}, {"03/04/2025", ""}, {"yesterday", ""}, {"0001-01-01T00:00:00", ""}, {"1970-01-01T00:00:00Z", ""}, {"", ""},
	} {
		got := ""
		if m, ok := parseDate(c.in); ok {
			got = m.time.Format(time.RFC3339Nano)
		}
		if got != c.want {
			t.Errorf("parseDate(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestAddress(t *testing.T) {
	const from = "https://www.courier.example.co.uk/world/talks?ref=home#top"
	for _, c := range []struct{ name, canonical, og, want string }{
		{"the canonical link", "https://courier.example.co.uk/world/talks", "", "https://courier.example.co.uk/world/talks"},
		{"relative", "/world/talks", "", "https://www.courier.example.co.uk/world/talks"},
		{"another site's is the original of a copy", "https://wire.example/talks", "", "https://www.courier.example.co.uk/world/talks?ref=home"},
		{"another site under one suffix", "https://other.co.uk/talks", "", "https://www.courier.example.co.uk/world/talks?ref=home"},
		{"the front page by mistake", "https://www.courier.example.co.uk/", "", "https://www.courier.example.co.uk/world/talks?ref=home"},
		{"Open Graph's where there is no other", "", "https://courier.example.co.uk/world/talks", "https://courier.example.co.uk/world/talks"},
		{"no address", "javascript:alert(1)", "", "https://www.courier.example.co.uk/world/talks?ref=home"},
		{"a password", "https://a:b@courier.example.co.uk/world/talks", "", "https://www.courier.example.co.uk/world/talks?ref=home"},
	} {
		page := `<head><link rel="canonical" href="` + c.canonical + `"><meta property="og:url" content="` + c.og + `"></head><p>` + strings.Repeat("The ministers met again on Monday. ", 20)
		p, err := Parse([]byte(page), Config{URL: from})
		if err != nil || p.URL != c.want {
			t.Errorf("%s: %v, %v, want %s", c.name, p, err, c.want)
		}
	}
}

// Every row of the table drops its example, and what newspapers write is kept.
func TestBoilerplate(t *testing.T) {
	for _, r := range boilerplate() {
		if !r.pattern.MatchString(r.example) || !matches(r.example, top) {
			t.Errorf("%s does not match its example %q", r.pattern, r.example)
		}
	}
	for _, s := range []string{
		"By Monday the ministers had agreed on nothing.", "By midnight, both delegations had left the building.",
		"Read the agreement, the envoy said, and you will see that the word is not in it.",
		"The photo shows the two ministers shaking hands.", "Published accounts of the meeting differ on who spoke first.",
		"“Share the burden,” he told the allies.", "Join us, the president urged the two holdouts, or stay outside.",
		"Video: the third round was held that way, too, and broke up after an hour, said a diplomat who followed it from the capital and who was not allowed to speak about it, and who asked that neither name nor country be given because the talks are to resume.",
		"Editing the text took the lawyers all night.", "Related talks on fishing go on in Bergen.", "Updated maps were handed over on Tuesday, when the commission met.",
		"Reporting by the monitors has improved, he said. Editing by governments has not.",
		"GENEVA (Reuters) - The two sides met on Monday.", "Analysis of the text shows that it was written in a hurry.",
		"On 19 August 2025 the two ministers signed.", "The deal allows ships to be inspected.",
	} {
		if matches(s, top) {
			t.Errorf("%q is taken for no part of an article", s)
		}
	}
}

func TestCredit(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"GENEVA, Aug 19 (Reuters) - The two sides met.", "Reuters"}, {"MOSCOW (AP) — Russia said on Monday", "AP"},
		{"(AFP)", "AFP"}, {"PARIS: The president (Emmanuel Macron) said", ""}, {"The United Nations (UN) - which was not invited. It said", "UN"},
		{"The union said it was ready. Its council (EC) - the old one -", ""}, {"No credit here.", ""},
	} {
		if got := credit([]string{c.in}); got != c.want {
			t.Errorf("credit(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"<p>One.</p><p>Two <b>three</b>.</p>", "One.\n\nTwo three."}, {"a<br>b<br><br>c", "a\nb\n\nc"}, {"plain &amp; simple", "plain & simple"},
		{"<p>soft\u00adly\u200b  spaced\n out</p>", "softly spaced out"}, {"<script>x</script><p>y</p>", "y"}, {"", ""},
		{"<ul><li>a</li><li>b</li></ul>", "a\n\nb"}, {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc"},
	} {
		if got := Text(c.in); got != c.want {
			t.Errorf("Text(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.html")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b, "https://courier.example/a")
	}
	f.Add([]byte(`<script type="application/ld+json">{"@graph":[[[{"@type":"Report","author":[{"name":{}}]}]]]}</script>`), "::")
	f.Fuzz(func(t *testing.T, b []byte, address string) {
		p, err := Parse(b, Config{URL: address})
		if err != nil {
			if p != nil {
				t.Errorf("a page and an error: %v", err)
			}
			return
		}
		if !utf8.ValidString(p.Text) || words(strings.Split(p.Text, "\n\n")) < minWords {
			t.Errorf("text %q", p.Text)
		}
		for _, par := range strings.Split(p.Text, "\n\n") {
			if strings.TrimSpace(par) != par || par == "" {
				t.Errorf("paragraph %q", par)
			}
		}
		if p.URL != "" && !strings.HasPrefix(p.URL, "http://") && !strings.HasPrefix(p.URL, "https://") {
			t.Errorf("address %q of %q", p.URL, address)
		}
	})
}

// A page of 50 kB with 400 paragraphs.
func BenchmarkLong(b *testing.B) {
	page := []byte("<html><body><article>" + strings.Repeat("<p>The mediators said on Tuesday that the two delegations would meet again, and that the agenda was open until then.</p>", 400) + "</article></body></html>")
	n := 0
	for b.Loop() {
		if _, err := Parse(page, Config{}); err != nil {
			b.Fatal(err)
		}
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "pages/s")
}

func BenchmarkParse(b *testing.B) {
	var files [][]byte
	for name := range pages {
		f, err := os.ReadFile(filepath.Join("testdata", name+".html"))
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, f)
	}
	n := 0
	for b.Loop() {
		for _, f := range files {
			if _, err := Parse(f, Config{URL: "https://courier.example/a"}); err != nil {
				b.Fatal(err)
			}
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "pages/s")
}
