package ingest

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"readout"
	"readout/ingest/fetch"
)

var article = `<html><head><title>Ministers meet | Courier</title><meta property="og:site_name" content="Courier"><meta property="article:published_time" content="2025-08-19T18:00:00+02:00"></head><body><article><h1>Ministers meet</h1><p>` +
	strings.TrimSpace(english) + `</p><p>The talks go on in June, a spokesman said.</p></article></body></html>`

const front = `<html><body><nav><a href="/">Home</a></nav><a href="/1">Envoys leave</a></body></html>`

// names are the items in short: name, outlet, title, day; or the error.
func names(items []Item) []string {
	var out []string
	for _, it := range items {
		s := it.Name
		if it.Err != nil {
			s += " ! " + it.Err.Error()
		} else {
			s = fmt.Sprintf("%s | %s | %s | %s", s, it.Article.Outlet, it.Article.Title, it.Article.Published.Format(time.DateOnly))
		}
		out = append(out, s)
	}
	return out
}

func same(t *testing.T, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func offline() *fetch.Client {
	return fetch.New(fetch.Config{Networks: fetch.All, Interval: -1})
}

func site(t *testing.T) (*httptest.Server, *[]string) {
	var asked []string
	var s *httptest.Server
	s = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch r.URL.Path {
		case "/a", "/b":
			fmt.Fprint(w, article)
		case "/":
			fmt.Fprint(w, front)
		case "/words":
			w.Header().Set("Content-Type", "text/plain")
			fmt.Fprint(w, english)
		case "/picture":
			w.Header().Set("Content-Type", "image/png")
			fmt.Fprint(w, "\x89PNG")
		case "/feed":
			w.Header().Set("Content-Type", "application/rss+xml")
			fmt.Fprintf(w, `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Courier feed</title>
<item><title>Whole</title><link>%[1]s/whole</link><pubDate>Mon, 18 Aug 2025 10:00:00 GMT</pubDate><content:encoded><![CDATA[<p>%[2]s</p>]]></content:encoded></item>
<item><title>Short</title><link>%[1]s/a</link><pubDate>Mon, 18 Aug 2025 10:00:00 GMT</pubDate><description>Short.</description></item>
<item><title>Gone</title><link>%[1]s/gone</link></item></channel></rss>`, s.URL, strings.Repeat(english, 4))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s, &asked
}

func TestAddresses(t *testing.T) {
	s, _ := site(t)
	cfg := Config{Client: offline(), Defaults: readout.Article{Outlet: "Gazette"}}
	inputs := []string{s.URL + "/a", s.URL + "/", s.URL + "/words", s.URL + "/picture", s.URL + "/gone", s.URL + "/feed"}
	got := names(slices.Collect(ItemsContext(t.Context(), cfg, inputs)))
	for i := range got {
		got[i] = strings.ReplaceAll(got[i], s.URL, "")
	}
	same(t, got, []string{
		"/a | Courier | Ministers meet | 2025-08-19",
		"/ ! no article was found in the page",
		"/words | Gazette |  | 0001-01-01",
		"/picture ! neither a page nor a feed: it is image/png",
		"/gone ! the server answers 404 Not Found",
		"/whole | Courier feed | Whole | 2025-08-18",
		"/a | Courier | Ministers meet | 2025-08-19",
		"/gone ! the server answers 404 Not Found",
	})
	if it := collect(Config{}, s.URL+"/a"); !errors.Is(it[0].Err, ErrOffline) {
		t.Errorf("without a client: %v", it[0].Err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if n := len(slices.Collect(ItemsContext(ctx, cfg, inputs))); n > 0 {
		t.Errorf("%d items after the end", n)
	}
}

// A feed that is handed in as a file asks nobody.
func TestFeedFile(t *testing.T) {
	s, asked := site(t)
	res, err := offline().Get(t.Context(), fetch.Request{URL: s.URL + "/feed"})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write(t, dir, map[string]string{"feed.xml": string(res.Body), "map.xml": `<?xml version="1.0"?><urlset></urlset>`})
	*asked = nil
	got := names(collect(Config{Client: offline()}, filepath.Join(dir, "feed.xml"), filepath.Join(dir, "map.xml")))
	for i := range got {
		got[i] = strings.ReplaceAll(strings.ReplaceAll(got[i], s.URL, ""), dir+string(filepath.Separator), "")
	}
	same(t, got, []string{
		"/whole | Courier feed | Whole | 2025-08-18", "/a ! " + ErrSummary.Error(), "/gone ! " + ErrSummary.Error(), "map.xml ! it is no RSS, Atom or JSON feed",
	})
	if len(*asked) > 0 {
		t.Errorf("asked for %v", *asked)
	}
}

func TestArchive(t *testing.T) {
	record := func(url, body string) string {
		body = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
		return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", url, len(body), body)
	}
	var z bytes.Buffer
	for _, r := range []string{record("https://courier.example/a", article), record("https://courier.example/", front)} {
		w := gzip.NewWriter(&z)
		fmt.Fprint(w, r)
		w.Close()
	}
	dir := t.TempDir()
	write(t, dir, map[string]string{"crawl.warc.gz": z.String(), "cut.warc": record("https://courier.example/b", article)[:200], "notes.doc": "x", "words.gz": "\x1f\x8b\x08"})
	var passed []string
	cfg := Config{PassedOver: func(name string) { passed = append(passed, strings.TrimPrefix(name, dir+string(filepath.Separator))) }}
	items := collect(cfg, dir)
	got := names(items)
	for i := range got {
		got[i] = strings.ReplaceAll(got[i], dir+string(filepath.Separator), "")
	}
	same(t, got, []string{"crawl.warc.gz: https://courier.example/a | Courier | Ministers meet | 2025-08-19", "cut.warc ! it is no web archive (WARC): it breaks off in record 1"})
	same(t, passed, []string{"notes.doc", "words.gz", "crawl.warc.gz: https://courier.example/"})
	if items[0].Article.URL != "https://courier.example/a" {
		t.Errorf("address %q", items[0].Article.URL)
	}
}

func TestMarkdown(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"# Talks *resume*\n\nThe **two** ministers [met](https://a.example/b_(c) \"x\") in _Geneva_.", "Talks resume\n\nThe two ministers met in Geneva.\n"},
		{"Talks\n=====\n\n> “Yes,” he said.\n\n- one\n- two\n\n![alt](x.png)\n", "Talks\n\n“Yes,” he said.\n\none\n\ntwo\n"},
		{"snake_case and 2 * 3 * 4 stay; so does 5 < 6.", "snake_case and 2 * 3 * 4 stay; so does 5 < 6.\n"},
		{"a\n\n***\n\nb <!-- no --> c \\* d", "a\n\nb  c * d\n"},
	} {
		a := readout.Article{Text: c.in}
		if markdown(&a); a.Text != c.want {
			t.Errorf("markdown(%q) = %q, want %q", c.in, a.Text, c.want)
		}
	}
	a := readout.Article{Text: "---\ntitle: \"Talks: round two\"\ndate: 2025-08-19\nauthor: Ann Other\ntags: [a]\n---\nText.\n"}
	if markdown(&a); a.Title != "Talks: round two" || a.Byline != "Ann Other" || a.Published.Format(time.DateOnly) != "2025-08-19" || a.Text != "Text.\n" {
		t.Errorf("%+v", a)
	}
}

func TestCanonical(t *testing.T) {
	lines := `{"text": "Some words.", "url": "https://courier.example/a?x=1", "canonical": "https://courier.example/a"}
{"text": "Some words.", "url": "https://gazette.example/a", "canonical": "https://courier.example/a"}
{"text": "Some words.", "canonical": "https://courier.example/a"}`
	var got []string
	for it := range Items(Config{Stdin: strings.NewReader(lines)}, []string{Stdin}) {
		got = append(got, it.Article.URL)
	}
	same(t, got, []string{"https://courier.example/a", "https://gazette.example/a", "https://courier.example/a"})
}

func TestPDF(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.pdf": "%PDF-1.7 x"})
	for _, c := range []struct {
		text string
		err  error
		want string
	}{{english, nil, ""}, {" ", nil, "the PDF has no text"}, {"", errors.New("broken"), "broken"}} {
		it := collect(Config{PDF: func(context.Context, []byte) (string, error) { return c.text, c.err }}, filepath.Join(dir, "a.pdf"))[0]
		if it.Err == nil && c.want != "" || it.Err != nil && (c.want == "" || !strings.Contains(it.Err.Error(), c.want)) {
			t.Errorf("%q: %v, want %q", c.text, it.Err, c.want)
		}
	}
}

// Whatever an input holds, it gives articles with a text or reasons.
func FuzzInput(f *testing.F) {
	for _, s := range []string{english, article, "%PDF-1.4", "WARC/1.0\r\nContent-Length: 0\r\n\r\n", "<rss><channel><item><title>x</title></item></channel></rss>", `{"text": "x"}`, "---\ntitle: x\n---\n# y"} {
		for _, name := range []string{"standard input", "a.md", "a.xml", "a.html"} {
			f.Add(name, s)
		}
	}
	f.Fuzz(func(t *testing.T, name, s string) {
		c := Config{MaxBytes: 1 << 16}
		c.reader(t.Context(), name, strings.NewReader(s), 0, func(it Item) bool {
			if it.Err == nil && strings.TrimSpace(it.Article.Text) == "" || it.Name == "" && name != "" {
				t.Errorf("item %+v", it)
			}
			return true
		})
	})
}
