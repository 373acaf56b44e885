package web_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"readout"
	"readout/ingest"
	"readout/reading"
	"readout/record"
	"readout/web"
)

// at is the moment of all tests: the day after the last article.
var at = time.Date(2022, 12, 1, 9, 0, 0, 0, time.UTC)

const model = "test"

var reader = sync.OnceValues(func() (*readout.Reader, error) { return readout.New(readout.Config{Workers: 1}) })

// example is the record of the articles that come with readout, made once.
var example = sync.OnceValues(func() (*record.Ledger, error) {
	r, err := reader()
	if err != nil {
		return nil, err
	}
	l, err := record.Open(context.Background(), record.Config{Store: record.NewMemory(), Now: func() time.Time { return at }})
	if err != nil {
		return nil, err
	}
	for it := range ingest.Items(ingest.Config{}, []string{"../examples/black-sea-grain-2022/articles"}) {
		if it.Err != nil {
			return nil, it.Err
		}
		d, err := r.Read(context.Background(), it.Article)
		if err != nil {
			return nil, err
		}
		a := it.Article
		kept := &record.Article{Text: a.Text, Key: a.Key, Title: a.Title, Outlet: a.Outlet, Byline: a.Byline, Credit: a.Credit, URL: a.URL, Language: "en", Published: a.Published, Modified: a.Modified}
		if _, err := l.Add(context.Background(), kept, reading.New(d, model)); err != nil {
			return nil, err
		}
	}
	return l, nil
})

func config(tb testing.TB) web.Config {
	tb.Helper()
	l, err := example()
	if err != nil {
		tb.Fatal(err)
	}
	return web.Config{
		Ledger: l, Name: "grain.db", Version: "test", Now: func() time.Time { return at }, Models: []web.Model{{Name: "en-test", Does: "nothing", Card: "en-test: nothing."}},
		Figures: "# names\ncorpus F1\n",
		Read: func(ctx context.Context, a *record.Article) (*reading.Reading, error) {
			r, err := reader()
			if err != nil {
				return nil, err
			}
			d, err := r.Read(ctx, readout.Article{Text: a.Text, Title: a.Title, Published: a.Published})
			if err != nil {
				return nil, err
			}
			return reading.New(d, model), nil
		},
	}
}

func serverOf(tb testing.TB) *web.Server { return web.New(config(tb)) }

// get asks for an address, as a browser does unless a header is given.
func get(tb testing.TB, h http.Handler, target string, header ...string) *httptest.ResponseRecorder {
	tb.Helper()
	r := httptest.NewRequest(http.MethodGet, target, nil)
	r.Header.Set("Accept", "text/html,application/xhtml+xml;q=0.9")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func view[T any](tb testing.TB, h http.Handler, target string) T {
	tb.Helper()
	w := get(tb, h, target)
	var v T
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil || w.Code != http.StatusOK {
		tb.Fatalf("%s: %d, %v: %.200s", target, w.Code, err, w.Body)
	}
	return v
}

// ids are things of the record to look at: the event with the most articles, one
// of its statements, and an article of it.
type ids struct{ event, statement, article, old string }

func known(tb testing.TB, h http.Handler) ids {
	tb.Helper()
	var x ids
	t := view[record.Timeline](tb, h, "/timeline.json?limit=500")
	e := slices.MaxFunc(t.Events, func(a, b *record.Event) int { return a.Articles - b.Articles })
	x.event = e.ID
	v := view[record.EventView](tb, h, "/event/"+e.ID+".json")
	x.statement, x.article = v.Statements[0].ID, e.Mentions[0].Witness.Article
	for _, e := range t.Events {
		for _, m := range e.Mentions {
			a := view[record.ArticleView](tb, h, "/article/"+m.Witness.Article+".json")
			if len(a.Versions) > 1 {
				x.article, x.old = a.Versions[1].ID, a.Versions[0].ID
				return x
			}
		}
	}
	return x
}

// pages are all pages in some state.
func pages(x ids) []string {
	return []string{
		"/", "/?as_of=2022-11-05", "/brief", "/timeline", "/timeline?lanes=issue&from=2022-11-01&to=2022-11-04", "/timeline?kind=call&party=Turkey&told=press",
		"/timeline?from=2022-11-01T00:00:00Z&to=2022-11-01T23:00:00Z", "/changes", "/changes?since=2022-10-20", "/changes?since=last-visit", "/due", "/issues", "/issue/agreement",
		"/met", "/met?by=party", "/met?a=Russia&b=Ukraine", "/statements", "/statements?by=Guterres&about=grain", "/statement/" + x.statement[:8], "/event/" + x.event[:8],
		"/event/" + x.event[:8] + "?as_of=2022-11-06", "/actor/vladimir-putin", "/actor/Russia", "/article/" + x.article[:8], "/article/" + x.article[:8] + "?at=20-90",
		"/article/" + x.article[:8] + "?against=" + x.old[:8], "/article/" + x.old[:8], "/search", "/search?q=grain", "/search?q=nothingofthekind", "/processes", "/about",
	}
}

// scripts are those of files of their own: no page has one in it.
var scripts = regexp.MustCompile(`<script src="/static/[0-9a-f]+/[a-z]+\.js" defer></script>`)

var links = regexp.MustCompile(`(?:href|action)="([^"]*)"`)

// TestPages: every page answers, has one heading and a title, and no link on it
// leads nowhere.
func TestPages(t *testing.T) {
	h := serverOf(t)
	seen := map[string]bool{}
	var todo []string
	for _, p := range pages(known(t, h)) {
		w := get(t, h, p)
		body := w.Body.String()
		if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			t.Errorf("%s: %d %s: %.300s", p, w.Code, w.Header().Get("Content-Type"), body)
			continue
		}
		if n := strings.Count(body, "<h1>"); n != 1 {
			t.Errorf("%s has %d headings of the first rank", p, n)
		}
		for _, bad := range []string{"<no value>", "ZgotmplZ", "%!", "<script", " style=", " onclick"} {
			if strings.Contains(scripts.ReplaceAllString(body, ""), bad) {
				t.Errorf("%s has %q", p, bad)
			}
		}
		if len(body) > 250<<10 {
			t.Errorf("%s has %d bytes", p, len(body))
		}
		for _, m := range links.FindAllStringSubmatch(body, -1) {
			u := html.UnescapeString(m[1])
			if i := strings.IndexByte(u, '#'); i >= 0 {
				u = u[:i]
			}
			if strings.HasPrefix(u, "/") && !seen[u] {
				seen[u] = true
				todo = append(todo, u)
			}
		}
	}
	if len(todo) < 200 {
		t.Errorf("the pages have but %d links", len(todo))
	}
	tried := map[string]int{} // of links alike some will do
	for _, u := range todo {
		alike, query, _ := strings.Cut(strings.TrimPrefix(u, "/"), "?")
		alike, _, _ = strings.Cut(alike, "/")
		for p := range strings.SplitSeq(query, "&") {
			name, _, _ := strings.Cut(p, "=")
			alike += " " + name
		}
		if tried[alike]++; tried[alike] > 12 {
			continue
		}
		if w := get(t, h, u); w.Code != http.StatusOK {
			t.Errorf("%s: %d", u, w.Code)
		}
	}
}

// TestEvidence: from the first page a reader comes to the sentence behind a
// planned meeting in two steps.
func TestEvidence(t *testing.T) {
	h := serverOf(t)
	home := get(t, h, "/").Body.String()
	m := regexp.MustCompile(`href="(/article/[^"]*at=[^"]*#here)"`).FindStringSubmatch(home)
	if m == nil {
		t.Fatal("the first page leads to no words")
	}
	target := html.UnescapeString(m[1])
	page := get(t, h, strings.TrimSuffix(target, "#here")).Body.String()
	if !strings.Contains(page, `<mark id="here">`) {
		t.Errorf("%s marks no words", target)
	}
}

// TestTime: as_of works on all pages, and what was not known then is not there.
func TestTime(t *testing.T) {
	h := serverOf(t)
	x := known(t, h)
	for _, p := range []string{"/state.json", "/timeline.json", "/issues.json", "/changes.json?since=2022-10-20", "/due.json", "/met.json", "/statements.json", "/search.json?q=grain", "/actor/Russia.json"} {
		sep := "?"
		if strings.Contains(p, "?") {
			sep = "&"
		}
		v := view[struct {
			AsOf string `json:"as_of"`
		}](t, h, p+sep+"as_of=2022-11-05")
		if v.AsOf[:10] != "2022-11-05" {
			t.Errorf("%s: as of %s", p, v.AsOf)
		}
	}
	if w := get(t, h, "/event/"+x.event+"?as_of=2022-10-01"); w.Code != http.StatusNotFound {
		t.Errorf("an event before anybody told of it: %d", w.Code)
	}
	changed := view[record.Changes](t, h, "/changes.json?since=2022-11-06").Changed
	i := slices.IndexFunc(changed, func(c *record.Change) bool { return c.Was != c.Event.Status.Value })
	if i < 0 {
		t.Fatal("no event has another status since")
	}
	before := view[record.EventView](t, h, "/event/"+changed[i].Event.ID+".json?as_of=2022-11-06")
	after := view[record.EventView](t, h, "/event/"+changed[i].Event.ID+".json")
	if before.Event.Status.Value == after.Event.Status.Value || len(before.Event.Claims) >= len(after.Event.Claims) {
		t.Errorf("the event was %s with %d claims, and is %s with %d", before.Event.Status.Value, len(before.Event.Claims), after.Event.Status.Value, len(after.Event.Claims))
	}
	body := get(t, h, "/timeline?as_of=2022-11-05").Body.String()
	if !strings.Contains(body, "As it was known on 5 November 2022") || !strings.Contains(body, `/issues?as_of=2022-11-05`) {
		t.Error("a page of the past does not say so, or its links lead to the present")
	}
}

// TestRefused: what cannot be asked is told in words, with a status.
func TestRefused(t *testing.T) {
	h := serverOf(t)
	for _, c := range []struct {
		target string
		status int
	}{
		{"/nothing", 404}, {"/event/e0000000", 404}, {"/event/x", 404}, {"/statement/s0000000", 404}, {"/article/v0000000", 404}, {"/actor/Nobody%20At%20All", 404}, {"/issue/none", 404},
		{"/?as_of=yesterday", 400}, {"/timeline?from=2022-13-01", 400}, {"/timeline?lanes=outlet", 400}, {"/timeline?after=xyz", 400}, {"/timeline?limit=0", 400},
		{"/timeline?from=2022-11-05&to=2022-11-01", 400}, {"/changes?since=2023-01-01", 400}, {"/compare", 400}, {"/met?a=Russia", 400}, {"/search?q=grain&in=all", 400},
		{"/?process=none", 404}, {"/api/v1/timeline?form=2022-11-01", 400}, {"/api/v1/nothing", 404}, {"/search.json", 400}, {"/?x=%ff", 400}, {"/?as_of=%00", 400},
		{"/timeline?q=" + strings.Repeat("a", 5000), 414}, {"/article/v0?at=9-3", 404},
	} {
		w := get(t, h, c.target)
		if w.Code != c.status {
			t.Errorf("%.60s: %d, want %d: %.200s", c.target, w.Code, c.status, w.Body)
		}
		if strings.HasPrefix(c.target, "/api/") || strings.Contains(c.target, ".json") {
			var p struct {
				Title, Detail string
				Status        int
			}
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || p.Title == "" || p.Status != c.status || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s: %s is no problem", c.target, w.Body)
			}
		} else if !strings.Contains(w.Body.String(), "<h1>") {
			t.Errorf("%s: no page: %s", c.target, w.Body)
		}
	}
}

func TestHeaders(t *testing.T) {
	h := serverOf(t)
	w := get(t, h, "/issues")
	for name, want := range map[string]string{"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cache-Control": "no-cache"} {
		if !strings.Contains(w.Header().Get(name), want) {
			t.Errorf("%s: %q", name, w.Header().Get(name))
		}
	}
	if strings.Contains(w.Header().Get("Content-Security-Policy"), "unsafe") {
		t.Error("the policy lets in what it should not")
	}
	tag := w.Header().Get("ETag")
	if again := get(t, h, "/issues", "If-None-Match", tag); again.Code != http.StatusNotModified || again.Body.Len() > 0 || tag == "" {
		t.Errorf("asked again with %q: %d, %d bytes", tag, again.Code, again.Body.Len())
	}
	packed := get(t, h, "/issues", "Accept-Encoding", "gzip")
	if packed.Header().Get("Content-Encoding") != "gzip" || packed.Body.Len() >= w.Body.Len() {
		t.Fatal("it is not compressed")
	}
	z, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(z); err != nil || string(b) != w.Body.String() {
		t.Error("compressed, it is another page")
	}
	if w := get(t, h, "/issues", "Accept", "application/json"); w.Header().Get("Content-Type") != "application/json" {
		t.Error("who wants JSON gets a page")
	}
	c := config(t)
	c.Hosts = []string{"localhost:8321"}
	if w := get(t, web.New(c), "http://elsewhere.example/"); w.Code != http.StatusMisdirectedRequest {
		t.Errorf("another name: %d", w.Code)
	}
	if w := get(t, web.New(c), "http://localhost:8321/"); w.Code != http.StatusOK {
		t.Errorf("its own name: %d", w.Code)
	}
	for _, svg := range []string{"/timeline.svg", "/met.svg"} {
		w := get(t, h, svg)
		if w.Header().Get("Content-Type") != "image/svg+xml" || !strings.Contains(w.Header().Get("Content-Security-Policy"), "style-src 'sha256-") || strings.Contains(w.Header().Get("Content-Security-Policy"), "unsafe") {
			t.Errorf("%s: %v", svg, w.Header())
		}
	}
}

// TestExport: what can be had in other formats.
func TestExport(t *testing.T) {
	h := serverOf(t)
	for target, want := range map[string]string{
		"/export/csv": "event", "/export/csv?table=statements": "statement", "/export/ics": "BEGIN:VCALENDAR", "/export/jsonl": `{"kind":"article"`, "/export/graphml": "<graphml", "/export/gdelt?all=1": "\t",
	} {
		w := get(t, h, target)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) || !strings.Contains(w.Header().Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: %d, %s: %.200s", target, w.Code, w.Header().Get("Content-Disposition"), w.Body)
		}
	}
	for target, status := range map[string]int{"/export/xls": 404, "/export/csv?table=none": 400, "/export/ics?table=events": 400, "/export/csv?process=none": 404, "/export/csv?as_of=x": 400} {
		if w := get(t, h, target); w.Code != status || w.Header().Get("Content-Disposition") != "" {
			t.Errorf("%s: %d, want %d", target, w.Code, status)
		}
	}
}

// TestVisit: the cookie remembers the end of the visit before.
func TestVisit(t *testing.T) {
	c := config(t)
	now := at
	c.Now = func() time.Time { return now }
	h := web.New(c)
	cookie := ""
	visit := func() string {
		w := get(t, h, "/", "Cookie", cookie)
		for _, c := range w.Result().Cookies() {
			if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode {
				t.Errorf("cookie %+v", c)
			}
			cookie = c.Name + "=" + c.Value
		}
		return w.Body.String()
	}
	if strings.Contains(visit(), "Since your last visit") {
		t.Error("a first visit has one before it")
	}
	now = now.Add(10 * time.Minute)
	if strings.Contains(visit(), "Since your last visit") {
		t.Error("ten minutes make no other visit")
	}
	now = now.Add(26 * time.Hour)
	if !strings.Contains(visit(), "1 December 2022, 09:10") {
		t.Error("the visit before is not told")
	}
	if w := get(t, h, "/changes?since=last-visit", "Cookie", cookie); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "1 Dec 2022") {
		t.Errorf("changes since then: %d", w.Code)
	}
}

// TestEncounters: somebody whom articles write in several ways stands there once.
func TestEncounters(t *testing.T) {
	v := view[web.Encounters](t, serverOf(t), "/met.json")
	seen := map[string]string{}
	for _, n := range v.Names {
		if n.Key != "" && seen[n.Key] != "" {
			t.Errorf("%s stands there as %s and as %s", n.Key, seen[n.Key], n.Name)
		}
		seen[n.Key] = n.Name
	}
	for _, p := range v.Pairs {
		if p.A == p.B || p.Held+p.Spoken != len(p.Events) {
			t.Errorf("%+v", p)
		}
	}
	if len(v.Pairs) < 5 {
		t.Errorf("%d pairs", len(v.Pairs))
	}
}

func TestPaging(t *testing.T) {
	h := serverOf(t)
	type part struct {
		Events []struct {
			ID string `json:"id"`
		} `json:"events"`
		Next string `json:"next"`
	}
	whole := view[part](t, h, "/timeline.json?limit=1000")
	var got []string
	for mark := ""; ; {
		p := view[part](t, h, "/timeline.json?limit=7&after="+url.QueryEscape(mark))
		for _, e := range p.Events {
			got = append(got, e.ID)
		}
		if mark = p.Next; mark == "" {
			break
		}
	}
	if len(got) != len(whole.Events) || len(got) < 20 {
		t.Fatalf("%d events in parts, %d as a whole", len(got), len(whole.Events))
	}
	for i := range got {
		if got[i] != whole.Events[i].ID {
			t.Fatalf("event %d is another", i)
		}
	}
}

func post(tb testing.TB, h http.Handler, target, body string, header ...string) *httptest.ResponseRecorder {
	tb.Helper()
	r := httptest.NewRequest(http.MethodPost, target, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestRead(t *testing.T) {
	h := serverOf(t)
	w := post(t, h, "/api/v1/read", `{"text":"The foreign ministers of Norway and Chile met in Geneva on Monday.","published":"2024-05-07"}`)
	var r reading.Reading
	if err := json.Unmarshal(w.Body.Bytes(), &r); err != nil || w.Code != http.StatusOK || len(r.Events) != 1 || r.Format != reading.Format {
		t.Errorf("%d, %v: %.300s", w.Code, err, w.Body)
	}
	for _, c := range []struct {
		name, body string
		header     []string
		status     int
	}{
		{"no text", `{"title":"x"}`, nil, 400},
		{"no JSON", `text`, nil, 400},
		{"an unknown key", `{"text":"x","who":"y"}`, nil, 400},
		{"two articles", `{"text":"x"}{"text":"y"}`, nil, 400},
		{"no day", `{"text":"x","published":"soon"}`, nil, 400},
		{"another type", `{"text":"x"}`, []string{"Content-Type", "text/plain"}, 415},
		{"too long", `{"text":"` + strings.Repeat("a", 3<<20) + `"}`, nil, 413},
		{"from another site", `{"text":"x"}`, []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"from another origin", `{"text":"x"}`, []string{"Origin", "https://elsewhere.example"}, 403},
	} {
		if w := post(t, h, "/api/v1/read", c.body, c.header...); w.Code != c.status {
			t.Errorf("%s: %d, want %d", c.name, w.Code, c.status)
		}
	}
	if w := post(t, h, "/timeline", "{}"); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("a post to a page: %d", w.Code)
	}
}

// TestHostile: text of articles is never markup, in pages, pictures and feeds.
func TestHostile(t *testing.T) {
	l, err := record.Open(t.Context(), record.Config{Store: record.NewMemory(), Now: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	evil := `<script>alert(1)</script><img src=x onerror=alert(2)>"'&lt;`
	text := evil + " Emmanuel Macron will meet Olaf Scholz in Oslo. " + `"` + evil + `," Emmanuel Macron said.`
	runes := []rune(text)
	find := func(words string) reading.Span {
		i := len([]rune(text[:strings.Index(text, words)]))
		return reading.Span{i, i + len([]rune(words))}
	}
	a := &record.Article{Text: text, Title: evil, Outlet: evil, Byline: evil, URL: `javascript:alert("` + evil, Language: "en", Published: at.Add(-24 * time.Hour)}
	r := &reading.Reading{Format: reading.Format, Model: evil, Document: reading.Document{Title: evil, Outlet: evil, URL: a.URL, Text: text, Published: "2022-11-30", Sentences: []reading.Span{{0, len(runes)}}}}
	both := find("Emmanuel Macron will meet Olaf Scholz")
	r.Actors = []reading.Actor{
		{ID: "a1", Name: "Emmanuel " + evil, Kind: "person", Country: "FRA", Entry: "emmanuel-macron", Roles: []reading.Role{{Title: evil}}, Mentions: []reading.Mention{{Span: find("Emmanuel Macron"), Form: "name"}}},
		{ID: "a2", Name: "Olaf " + evil, Kind: "person", Mentions: []reading.Mention{{Span: find("Olaf Scholz"), Form: "name"}}},
	}
	r.Events = []reading.Event{{
		ID: "e1", Kind: "meeting", Status: "planned", Evidence: []reading.Span{both}, Place: &reading.Place{Name: evil},
		Participants: []reading.Participant{{Actor: "a1", As: "participant"}, {Actor: "a2", As: "participant"}}, Conditions: []reading.Condition{{As: "if", Span: &both}},
		Claims: []reading.Claim{{By: "a1", Statement: "s1", Line: "announced", Status: "planned", Span: &both}},
	}}
	r.Statements = []reading.Statement{{ID: "s1", Form: "direct", Source: reading.Source{Actor: "a1", Standing: "named"}, Content: []reading.Span{find(evil + ",")}, About: []string{"e1"}}}
	r.Issues = []reading.Issue{{ID: "i1", Topic: evil, Evidence: []reading.Span{both}, Positions: []reading.Position{{Actor: "a1", Stance: "seeks", Statement: "s1", Span: &both}}}}
	if _, err := l.Add(t.Context(), a, r); err != nil {
		t.Fatal(err)
	}
	h := web.New(web.Config{Ledger: l, Now: func() time.Time { return at }, Name: evil})
	tl := view[record.Timeline](t, h, "/timeline.json?all=1")
	if len(tl.Events) != 1 {
		t.Fatalf("%d events", len(tl.Events))
	}
	e := view[record.EventView](t, h, "/event/"+tl.Events[0].ID+".json")
	for _, p := range []string{
		"/", "/brief", "/timeline", "/timeline.svg", "/changes", "/changes.atom", "/issues", "/issue/" + url.PathEscape(evil), "/met", "/met.svg", "/statements", "/statement/" + e.Statements[0].ID, "/event/" + e.Event.ID,
		"/actor/emmanuel-macron", "/article/" + a.Version(), "/search?q=" + url.QueryEscape("Macron "+evil), "/search?q=Macron", "/actor/" + url.PathEscape(evil), "/?as_of=" + url.QueryEscape(evil),
	} {
		body := get(t, h, p).Body.String()
		for _, bad := range []string{"<script>", "<img", `href="javascript:`, "onerror=alert(2)>"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s has %q in it", p, bad)
			}
		}
	}
}

// TestEmpty: a record without articles says so, on all pages.
func TestEmpty(t *testing.T) {
	l, err := record.Open(t.Context(), record.Config{Store: record.NewMemory(), Now: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	h := web.New(web.Config{Ledger: l, Now: func() time.Time { return at }})
	for p, want := range map[string]string{
		"/": "no article in the record yet", "/timeline": "No event that fits", "/changes": "Nothing changed", "/issues": "No positions found", "/met": "No meeting", "/statements": "No statement found",
		"/due": "No deadline was found", "/search?q=grain": "Nothing has all these words", "/about": "not in this build", "/processes": "There is no process", "/brief": "No article was found",
	} {
		w := get(t, h, p)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %d, and it does not say %q", p, w.Code, want)
		}
	}
}

// TestOpenAPI: the document has the routes of the API and their parameters, and
// no others.
func TestOpenAPI(t *testing.T) {
	var doc struct {
		Paths map[string]map[string]struct {
			Parameters []struct {
				Name, In string
				Ref      string `json:"$ref"`
			}
		}
	}
	b, err := os.ReadFile("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for path, methods := range doc.Paths {
		for method, op := range methods {
			var params []string
			for _, p := range op.Parameters {
				name := p.Name
				if p.Ref != "" {
					name = p.Ref[strings.LastIndexByte(p.Ref, '/')+1:]
				}
				if p.In != "path" {
					params = append(params, name)
				}
			}
			slices.Sort(params)
			have[strings.ToUpper(method)+" "+path+" "+strings.Join(params, " ")] = true
		}
	}
	for _, r := range web.Routes() {
		if !have[r] {
			t.Errorf("openapi.json lacks %q", r)
		}
		delete(have, r)
	}
	for r := range have {
		t.Errorf("openapi.json has %q, and there is no such route", r)
	}
	if w := get(t, serverOf(t), "/api/v1/openapi.json"); w.Body.String() != string(b) {
		t.Error("what is served is another document")
	}
}

// FuzzQuery: whatever stands in an address, the answer is a page, a problem or
// not modified, and never an inner error.
func FuzzQuery(f *testing.F) {
	f.Add("/timeline", "from=2022-11-01&to=2022-11-04&kind=call")
	f.Add("/article/v0", "at=1-2")
	f.Add("/search", "q=grain+*&outlet=x&month=2022-11")
	f.Add("/changes", "since=last-visit&as_of=2022-11-05T10:00:00%2B03:00")
	f.Add("/met", "a=&b=%00")
	f.Add("/event/e", "as_of=0001-01-01")
	f.Add("/actor/Russia", "limit=99999999999999999999")
	f.Add("/timeline.svg", "from=0001-01-01&to=9999-12-31&lanes=issue")
	f.Fuzz(func(t *testing.T, path, query string) {
		h := serverOf(t)
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL.Path, r.URL.RawQuery = "/"+strings.TrimLeft(path, "/"), query
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Errorf("%s?%s: %d: %.200s", path, query, w.Code, w.Body)
		}
	})
}

// FuzzArticle: whatever is posted, the answer is a reading or a problem.
func FuzzArticle(f *testing.F) {
	f.Add(`{"text":"They met."}`)
	f.Add(`{"text":"x","published":"2022-11-01T10:00:00Z"}`)
	f.Add(`[1]`)
	c := config(f)
	c.Read = func(context.Context, *record.Article) (*reading.Reading, error) { return &reading.Reading{}, nil }
	h := web.New(c)
	f.Fuzz(func(t *testing.T, body string) {
		if w := post(t, h, "/api/v1/read", body); w.Code >= 500 {
			t.Errorf("%q: %d", body, w.Code)
		}
	})
}
