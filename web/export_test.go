package web_test

import (
	"bytes"
	"encoding/csv"
	"html"
	"image/png"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"readout/record"
	"readout/web"
)

func csvOf(t *testing.T, h http.Handler, target string) [][]string {
	t.Helper()
	w := get(t, h, target)
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/csv") || !strings.Contains(w.Header().Get("Content-Disposition"), ".csv") {
		t.Fatalf("%s: %d %v: %.300s", target, w.Code, w.Header(), w.Body)
	}
	rows, err := csv.NewReader(w.Body).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Fatalf("%s: %v", target, err)
	}
	return rows
}

// TestForms: every view says in which forms it can be had, and how it is cited,
// and each form is there, with what the view has.
func TestForms(t *testing.T) {
	h, _ := writable(t)
	x := known(t, h)
	for target, want := range map[string]string{ // what is in the first row of the table
		"/": "event", "/timeline?kind=call": "event", "/changes?since=2022-10-20": "event", "/due": "event", "/issues": "position", "/issue/agreement": "position", "/met": "a", "/met?a=Russia&b=Ukraine": "event",
		"/statements?by=Guterres": "statement", "/statement/" + x.statement[:8]: "statement", "/event/" + x.event[:8]: "event", "/actor/Russia": "event", "/article/" + x.article[:8]: "event",
		"/compare?a=" + x.article[:8] + "&b=" + x.article[:8]: "", "/search?q=grain": "event", "/processes": "process", "/outlets": "outlet", "/decisions": "decision", "/review": "item", "/claim?q=Russia+left+the+grain+deal": "claim",
		"/brief": "-", "/about": "-",
	} {
		if want == "" {
			continue
		}
		body := get(t, h, target+sep(target)+"as_of=2022-11-20").Body.String()
		forms := regexp.MustCompile(`(?s)<ul class="forms".*?</ul>`).FindString(body)
		if forms == "" || !strings.Contains(body, "Cite this page") || !strings.Contains(body, "as_of=2022-11-20T23%3A59%3A59Z") {
			t.Errorf("%s has no forms or is not to be cited", target)
		}
		if strings.Contains(forms, ".csv") != (want != "-") {
			t.Errorf("%s as a table: %s", target, forms)
		}
		for _, m := range links.FindAllStringSubmatch(forms, -1) {
			u := html.UnescapeString(m[1])
			if !strings.Contains(u, "as_of=2022-11-20") && !strings.HasPrefix(u, "/changes.atom") {
				t.Errorf("%s: %s is of another moment", target, u)
			}
			if w := get(t, h, u); w.Code != http.StatusOK {
				t.Errorf("%s: %s: %d %.200s", target, u, w.Code, w.Body)
			}
			if strings.Contains(u, ".csv") && !strings.Contains(u, "table=") {
				if rows := csvOf(t, h, u); rows[0][0] != want {
					t.Errorf("%s: the table begins with %q, want %q", u, rows[0][0], want)
				}
			}
		}
	}
	for target, status := range map[string]int{"/about.csv": 404, "/issues.ics": 404, "/timeline.csv?table=none": 400, "/timeline.csv?knid=call": 400, "/event/x.csv": 404, "/brief.csv": 404} {
		if w := get(t, h, target); w.Code != status || w.Header().Get("Content-Disposition") != "" {
			t.Errorf("%s: %d, want %d", target, w.Code, status)
		}
	}
}

func sep(target string) string {
	if strings.Contains(target, "?") {
		return "&"
	}
	return "?"
}

// TestFormsFilter: a table has what the filters of the page leave, also beyond
// the page's end.
func TestFormsFilter(t *testing.T) {
	h := serverOf(t)
	v := view[record.Timeline](t, h, "/timeline.json?kind=call&status=occurred&limit=1000")
	rows := csvOf(t, h, "/timeline.csv?kind=call&status=occurred&limit=2")
	if len(rows)-1 != len(v.Events) || len(v.Events) < 3 {
		t.Errorf("%d rows of %d events", len(rows)-1, len(v.Events))
	}
	for _, r := range rows[1:] {
		if r[1] != "call" || r[8] != "occurred" {
			t.Errorf("%v", r)
		}
	}
	for _, standing := range []string{"named", "none"} {
		n := 0
		for _, e := range view[record.Timeline](t, h, "/timeline.json?limit=1000&standing="+standing).Events {
			if n++; (standing == "named") != (len(e.Status.Rests) > 0 && e.Status.Rests[0].Standing == "named") {
				t.Errorf("standing %s: %+v", standing, e.Status.Rests)
			}
		}
		if n == 0 {
			t.Errorf("no event of standing %s", standing)
		}
	}
	if all, some := get(t, h, "/timeline.ics").Body.String(), get(t, h, "/timeline.ics?party=Turkey").Body.String(); strings.Count(all, "BEGIN:VEVENT") <= strings.Count(some, "BEGIN:VEVENT") || !strings.Contains(some, "BEGIN:VCALENDAR") {
		t.Error("the calendar is not filtered")
	}
}

// TestPictures: pictures are there as SVG and as PNG.
func TestPictures(t *testing.T) {
	h := serverOf(t)
	x := known(t, h)
	for _, p := range []string{"/timeline.png", "/timeline.png?from=2022-11-01T06:00&to=2022-11-01T20:00&lanes=issue", "/met.png?by=party&from=2022-11-01", "/waits.png", "/waits.png?event=" + x.event} {
		w := get(t, h, p)
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/png" {
			t.Errorf("%s: %d %.200s", p, w.Code, w.Body)
			continue
		}
		m, err := png.Decode(bytes.NewReader(w.Body.Bytes()))
		if err != nil || m.Bounds().Dx() < 100 {
			t.Errorf("%s: %v", p, err)
		}
		if w := get(t, h, strings.Replace(p, ".png", ".svg", 1)); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "<svg") {
			t.Errorf("%s as SVG: %d", p, w.Code)
		}
	}
}

// TestFeedOf: a feed of a search or of filters has some of the entries of the
// feed of all, and the pages lead to it.
func TestFeedOf(t *testing.T) {
	h := serverOf(t)
	entries := func(target string) int {
		w := get(t, h, target)
		if w.Code != http.StatusOK {
			t.Fatalf("%s: %d %s", target, w.Code, w.Body)
		}
		return strings.Count(w.Body.String(), "<entry>")
	}
	all := entries("/changes.atom?since=2022-10-20")
	for page, feed := range map[string]string{
		"/search?q=grain&outlet=Capital+Tribune": "/changes.atom?outlet=Capital+Tribune&q=grain", "/timeline?kind=call&status=occurred&from=2022-11-01": "/changes.atom?kind=call&status=occurred", "/actor/vladimir-putin": "/changes.atom?q=Vladimir+Putin",
		"/issue/agreement": "/changes.atom?issue=agreement", "/due": "/changes.atom",
	} {
		body := html.UnescapeString(get(t, h, page).Body.String())
		if !strings.Contains(body, `<link rel="alternate" href="`+feed+`" type="application/atom+xml"`) || !strings.Contains(body, `<a href="`+feed+`">Feed`) {
			t.Errorf("%s does not lead to %s", page, feed)
		}
		if n := entries(feed + sep(feed) + "since=2022-10-20"); n == 0 || (n < all) != (page != "/due") {
			t.Errorf("%s has %d entries, of %d", feed, n, all)
		}
	}
	if body := get(t, h, "/changes.atom?q=grain&since=2022-10-20").Body.String(); !strings.Contains(body, "<id>http://example.com/changes.atom?q=grain</id>") {
		t.Errorf("the name of a feed changes with the day: %.600s", body)
	}
}

// TestBase: the address that a server is told is the one in citations, feeds and
// the document of the API, whoever asks by which name.
func TestBase(t *testing.T) {
	c := config(t)
	c.Base = "https://talks.example.org"
	h := web.New(c)
	for target, want := range map[string]string{
		"/issues": `href="https://talks.example.org/issues?as_of=`, "/changes.atom?since=2022-10-20": `href="https://talks.example.org/event/`, "/api/v1/openapi.json": `"url": "https://talks.example.org/api/v1"`,
	} {
		if body := get(t, h, target).Body.String(); !strings.Contains(body, want) || strings.Contains(body, "//example.com") {
			t.Errorf("%s has not %s: %.400s", target, want, body)
		}
	}
	for origin, status := range map[string]int{"https://talks.example.org": http.StatusOK, "https://elsewhere.example": http.StatusForbidden} {
		if w := post(t, h, "/api/v1/read", `{"text":"They met."}`, "Origin", origin); w.Code != status {
			t.Errorf("a post of %s: %d", origin, w.Code)
		}
	}
}

// TestHandOn: forms and links keep the instant and the process of a page.
func TestHandOn(t *testing.T) {
	h := serverOf(t)
	for _, p := range []string{"/timeline", "/statements", "/changes", "/search?q=grain", "/met"} {
		body := get(t, h, p+sep(p)+"as_of=2022-11-05T10:00:00Z").Body.String()
		if !strings.Contains(body, `name="as_of" value="2022-11-05T10:00:00Z"`) || strings.Contains(body, `type="hidden" name="as_of" value="2022-11-05"`) {
			t.Errorf("%s: a form goes on at another moment", p)
		}
	}
	body := get(t, h, "/?as_of=2022-11-05T10:00:00Z").Body.String()
	for _, to := range []string{"/brief", "/timeline"} {
		if !strings.Contains(html.UnescapeString(body), `href="`+to+`?as_of=2022-11-05T10%3A00%3A00Z"`) {
			t.Errorf("the first page leads to another moment of %s", to)
		}
	}
}

// TestOffices: somebody's offices stand with their days, none that was entered
// after the moment of the page; who is written in two ways is seen with once.
func TestOffices(t *testing.T) {
	h := serverOf(t)
	v := view[record.ActorView](t, h, "/actor/recep-tayyip-erdogan.json")
	if len(v.Offices) == 0 || v.Offices[0].From == "" {
		t.Fatalf("offices %+v", v.Offices)
	}
	if b := get(t, h, "/actor/recep-tayyip-erdogan").Body.String(); !strings.Contains(b, "Offices, by the registry") || !strings.Contains(b, "since ") {
		t.Errorf("the page has no offices: %.900s", b)
	}
	for _, o := range view[record.ActorView](t, h, "/actor/recep-tayyip-erdogan.json?as_of=2022-11-05").Offices {
		if o.From > "2022-11-05" {
			t.Errorf("%+v was to come", o)
		}
	}
	seen := map[string]bool{}
	for _, c := range view[record.ActorView](t, h, "/actor/vladimir-putin.json").With {
		name := strings.NewReplacer("ğ", "g").Replace(c.Name)
		if seen[name] {
			t.Errorf("seen with %s twice", name)
		}
		seen[name] = true
	}
}
