package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"readout/eval"
	"readout/ingest"
	"readout/reading"
	"readout/record"
	"readout/web"
)

// writable is a server of a record of its own, which a test may change.
func writable(tb testing.TB) (*web.Server, *record.Ledger) {
	tb.Helper()
	c := config(tb)
	r, err := reader()
	if err != nil {
		tb.Fatal(err)
	}
	ctx := context.Background()
	if c.Ledger, err = record.Open(ctx, record.Config{Store: record.NewMemory(), Now: func() time.Time { return at }}); err != nil {
		tb.Fatal(err)
	}
	for it := range ingest.Items(ingest.Config{}, []string{"../examples/black-sea-grain-2022/articles"}) {
		if it.Err != nil {
			tb.Fatal(it.Err)
		}
		d, err := r.Read(ctx, it.Article)
		if err != nil {
			tb.Fatal(err)
		}
		a := it.Article
		kept := &record.Article{Text: a.Text, Key: a.Key, Title: a.Title, Outlet: a.Outlet, URL: a.URL, Language: "en", Published: a.Published, Modified: a.Modified}
		if _, err := c.Ledger.Add(ctx, kept, reading.New(d, model)); err != nil {
			tb.Fatal(err)
		}
	}
	c.By, c.Understand = "ana", eval.Understand(r)
	return web.New(c), c.Ledger
}

// submit posts a form as a browser does from a page of the server itself.
func submit(tb testing.TB, h http.Handler, target string, form url.Values, header ...string) *httptest.ResponseRecorder {
	tb.Helper()
	return post(tb, h, target, form.Encode(), append([]string{"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin", "Accept", "text/html"}, header...)...)
}

func TestClaim(t *testing.T) {
	h, _ := writable(t)
	if b := get(t, h, "/claim").Body.String(); !strings.Contains(b, "<textarea") {
		t.Errorf("no form: %.300s", b)
	}
	v := view[record.Support](t, h, "/claim.json?q=Russia+suspended+its+participation+in+the+grain+deal")
	if v.Verdict != record.Supported || v.For == 0 {
		t.Errorf("verdict %q, for %d", v.Verdict, v.For)
	}
	w := get(t, h, "/claim?q=Russia+suspended+its+participation+in+the+grain+deal")
	if b := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(b, "Supports it") || !strings.Contains(b, `href="/article/`) {
		t.Errorf("%d: %.600s", w.Code, b)
	}
	for _, target := range []string{"/api/v1/claim", "/claim.json?q=" + strings.Repeat("x", 501)} {
		if w := get(t, h, target); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
}

// TestCorrect: a correction is shown before it is kept, is kept, and is undone.
func TestCorrect(t *testing.T) {
	h, l := writable(t)
	e := known(t, h).event[:8]
	b := get(t, h, "/event/"+e).Body.String()
	if !strings.Contains(b, `href="/decide?ids=`+e+`"`) {
		t.Error("no link to correct the event")
	}
	if b = get(t, h, "/decide?ids="+e).Body.String(); !strings.Contains(b, `<select name="field"`) {
		t.Errorf("no choices: %.600s", b)
	}
	q := "/decide?do=correct&ids=" + e + "&field=place&value=Lisbon,+Portugal&why=a+test"
	if b = get(t, h, q).Body.String(); !strings.Contains(b, "→ Lisbon") || !strings.Contains(b, "Keep it") {
		t.Fatalf("no preview: %s", b)
	}
	if log, _ := l.Decisions(context.Background(), record.Query{}); len(log.Decisions) != 0 {
		t.Fatalf("kept before it was to be: %v", log.Decisions)
	}
	if b = get(t, h, "/decide?do=correct&ids="+e+"&field=status&value=nonsense").Body.String(); !strings.Contains(b, `role="alert"`) || !strings.Contains(b, `value="nonsense"`) {
		t.Errorf("what is wrong is not told: %.900s", b)
	}
	form := url.Values{"do": {"correct"}, "ids": {e}, "field": {"place"}, "value": {"Lisbon, Portugal"}, "why": {"a test"}}
	if w := submit(t, h, "/decide", form, "Sec-Fetch-Site", "cross-site"); w.Code != http.StatusForbidden {
		t.Errorf("from another site: %d", w.Code)
	}
	w := submit(t, h, "/decide", form)
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/decisions?done=d") {
		t.Fatalf("%d to %q: %s", w.Code, w.Header().Get("Location"), w.Body)
	}
	if v := view[record.EventView](t, h, "/event/"+e+".json"); !strings.HasPrefix(v.Event.Place, "Lisbon") || v.Event.Decisions[0].By != "ana" {
		t.Errorf("place %q, decisions %+v", v.Event.Place, v.Event.Decisions)
	}
	b = get(t, h, w.Header().Get("Location")).Body.String()
	id := regexp.MustCompile(`name="ids" value="(d[^"]+)"`).FindStringSubmatch(b)
	if id == nil {
		t.Fatalf("no undo: %s", b)
	}
	if w := submit(t, h, "/decide", url.Values{"do": {"undo"}, "ids": {id[1]}}); w.Code != http.StatusSeeOther {
		t.Fatalf("undo: %d: %s", w.Code, w.Body)
	}
	if v := view[record.EventView](t, h, "/event/"+e+".json"); strings.HasPrefix(v.Event.Place, "Lisbon") {
		t.Error("it is not undone")
	}
}

// TestReview: accepting takes an item off the queue and leads to the next.
func TestReview(t *testing.T) {
	h, _ := writable(t)
	q := view[record.Queue](t, h, "/review.json?limit=200")
	if len(q.Items) < 2 {
		t.Fatalf("%d items", len(q.Items))
	}
	w := get(t, h, "/review")
	b := w.Body.String()
	if p := w.Header().Get("Content-Security-Policy"); !strings.Contains(p, "script-src 'self'") || strings.Contains(p, "unsafe") {
		t.Errorf("policy %q", p)
	}
	if n := strings.Count(b, `<article class="item`); n != min(20, len(q.Items)) {
		t.Errorf("%d items on the page", n)
	}
	form := regexp.MustCompile(`(?s)<form method="post" action="/decide" class="accept">(.*?)</form>`).FindStringSubmatch(b)
	if form == nil {
		t.Fatalf("nothing to accept: %.1500s", b)
	}
	v := url.Values{}
	for _, m := range regexp.MustCompile(`name="([^"]*)" value="([^"]*)"`).FindAllStringSubmatch(form[1], -1) {
		v.Add(m[1], m[2])
	}
	got := submit(t, h, "/decide", v)
	to, _ := url.Parse(got.Header().Get("Location"))
	if got.Code != http.StatusSeeOther || to.Path != "/review" || to.Query().Get("at") != q.Items[1].ID {
		t.Fatalf("%d to %v: %s", got.Code, to, got.Body)
	}
	if b := get(t, h, to.String()).Body.String(); strings.Contains(b, `id="`+q.Items[0].ID+`"`) || !strings.Contains(b, `<article class="item here" id="`+q.Items[1].ID) || !strings.Contains(b, "Undo") {
		t.Errorf("not at the next one: %.1500s", b)
	}
	if b := get(t, h, "/decisions").Body.String(); !strings.Contains(b, "accept") {
		t.Errorf("not in the log: %.1500s", b)
	}
}

func TestDecideJSON(t *testing.T) {
	h, _ := writable(t)
	e := known(t, h).event
	for _, c := range []struct {
		body string
		want int
	}{
		{`{"do":"correct","ids":["` + e + `"],"field":"status","value":"denied"}`, http.StatusCreated},
		{`{"do":"correct","ids":["` + e + `"],"field":"status","value":"nonsense"}`, http.StatusUnprocessableEntity},
		{`{"do":"correct","ids":["e000000000"],"field":"status","value":"denied"}`, http.StatusNotFound},
		{`{"do":"open","ids":["x"]}`, http.StatusBadRequest},
		{`{"ids":["x"]}`, http.StatusBadRequest},
		{`{"do":"accept","ids":[]}`, http.StatusBadRequest},
		{`{"do":"accept","ids":["` + e + `"],"by":"somebody else"}`, http.StatusBadRequest},
		{`[]`, http.StatusBadRequest},
	} {
		w := post(t, h, "/api/v1/decide", c.body, "Content-Type", "application/json")
		if w.Code != c.want {
			t.Errorf("%s: %d, want %d: %s", c.body, w.Code, c.want, w.Body)
		}
		var d web.Decision
		if err := json.Unmarshal(w.Body.Bytes(), &d); w.Code == http.StatusCreated && (err != nil || !strings.HasPrefix(d.ID, "d")) {
			t.Errorf("%s: %s", c.body, w.Body)
		}
	}
}

// TestCredibility: how credible what is told is, is set on the page of an event or
// a statement, and stands there, apart from the reliability of the outlet.
func TestCredibility(t *testing.T) {
	h, _ := writable(t)
	x := known(t, h)
	rate := url.Values{"outlet": {"Capital Tribune"}, "grade": {"B"}}
	if w := submit(t, h, "/outlets", rate); w.Code != http.StatusSeeOther {
		t.Fatalf("%d", w.Code)
	}
	for _, page := range []string{"/event/" + x.event[:8], "/statement/" + x.statement[:8]} {
		b := get(t, h, page).Body.String()
		if !strings.Contains(b, "<dt>Credibility</dt><dd>not set</dd>") || !strings.Contains(b, `<option value="2">2, probably true</option>`) {
			t.Errorf("%s: no credibility to set: %s", page, b)
		}
		q := url.Values{"do": {"correct"}, "ids": {page[strings.LastIndexByte(page, '/')+1:]}, "field": {"credibility"}, "value": {"2"}, "why": {"two sides say so"}}
		if b := get(t, h, "/decide?"+q.Encode()).Body.String(); !strings.Contains(b, "Keep it") {
			t.Fatalf("%s: no preview: %s", page, b)
		}
		if w := submit(t, h, "/decide", q); w.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", page, w.Code, w.Body)
		}
		b = get(t, h, page).Body.String()
		for _, want := range []string{"<dt>Credibility</dt><dd>2, probably true</dd>", "Credibility 2, probably true.", "two sides say so", `<option value="2" selected>`} {
			if !strings.Contains(b, want) {
				t.Errorf("%s has not %q", page, want)
			}
		}
	}
	if b := get(t, h, "/event/"+x.event[:8]).Body.String(); !strings.Contains(b, "credibility 2, probably true</td>") || strings.Contains(b, "credibility B") {
		t.Error("a claim does not tell its credibility")
	}
	for page, status := range map[string]int{"/decide?do=correct&field=credibility&value=7&ids=" + x.event[:8]: http.StatusOK, "/api/v1/decide?do=correct&field=credibility&value=7&ids=" + x.event[:8]: http.StatusUnprocessableEntity} {
		if w := get(t, h, page); w.Code != status || !strings.Contains(w.Body.String(), "1 to 6") {
			t.Errorf("%s: %d %.300s", page, w.Code, w.Body)
		}
	}
}
