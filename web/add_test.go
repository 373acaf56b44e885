package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"readout"
	"readout/ingest"
	"readout/reading"
	"readout/record"
	"readout/web"
)

// open is how the tests take what is handed in: no address is fetched.
func open(ctx context.Context, in web.Input) iter.Seq[web.Arrival] {
	return func(yield func(web.Arrival) bool) {
		if in.Address != "" {
			yield(web.Arrival{Name: in.Address, Err: errors.New("it leads into a private network")})
			return
		}
		for it := range ingest.ItemsContext(ctx, ingest.Config{Defaults: readout.Article{Outlet: in.Outlet, Published: in.Published}}, []string{in.File}) {
			a := it.Article
			x := web.Arrival{Name: it.Name, Note: it.Note, Err: it.Err, Article: &record.Article{Text: a.Text, Key: a.Key, Title: a.Title, Outlet: a.Outlet, URL: a.URL, Language: a.Language, Published: a.Published}}
			if !yield(x) {
				return
			}
		}
	}
}

func adding(tb testing.TB) (*web.Server, *record.Ledger) {
	tb.Helper()
	c := config(tb)
	var err error
	if c.Ledger, err = record.Open(context.Background(), record.Config{Store: record.NewMemory(), Now: func() time.Time { return at }}); err != nil {
		tb.Fatal(err)
	}
	c.By, c.Open = "ana", open
	c.Read = func(ctx context.Context, a *record.Article) (*reading.Reading, error) {
		r, err := reader()
		if err != nil {
			return nil, err
		}
		d, err := r.Read(ctx, readout.Article{Text: a.Text, Key: a.Key, Title: a.Title, Outlet: a.Outlet, URL: a.URL, Published: a.Published})
		if err != nil {
			return nil, err
		}
		return reading.New(d, model), nil
	}
	return web.New(c), c.Ledger
}

type upload struct{ name, body string }

// handIn posts the form of /add.
func handIn(tb testing.TB, h http.Handler, fields map[string]string, list ...upload) *httptest.ResponseRecorder {
	tb.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for k, v := range fields {
		_ = m.WriteField(k, v)
	}
	for _, f := range list {
		w, err := m.CreateFormFile("files", f.name)
		if err != nil {
			tb.Fatal(err)
		}
		_, _ = w.Write([]byte(f.body))
	}
	_ = m.Close()
	return post(tb, h, "/add", b.String(), "Content-Type", m.FormDataContentType(), "Sec-Fetch-Site", "same-origin", "Accept", "text/html")
}

// ended waits until a job has ended.
func ended(tb testing.TB, h http.Handler, at string) web.Job {
	tb.Helper()
	for range 600 {
		if v := view[web.Job](tb, h, at+".json"); !v.Running {
			return v
		}
		time.Sleep(20 * time.Millisecond)
	}
	tb.Fatal("it does not end")
	return web.Job{}
}

const told = "Secretary of State Antony Blinken met Foreign Minister Wang Yi in Beijing on Sunday. “The talks were candid,” Blinken told reporters after the meeting."

func TestAdd(t *testing.T) {
	h, l := adding(t)
	if b := get(t, h, "/add").Body.String(); !strings.Contains(b, `enctype="multipart/form-data"`) {
		t.Fatalf("no form: %.300s", b)
	}
	w := handIn(t, h, map[string]string{"text": told, "title": "Blinken in Beijing", "outlet": "Courier", "published": "2022-06-19", "tlp": "green"},
		upload{`C:\news\../two.txt`, strings.ReplaceAll(told, "Wang Yi", "Qin Gang")}, upload{"lines.jsonl", `{"text":"` + "President Macron called President Putin on Friday." + `","published":"2022-11-20"}` + "\n{\n"})
	to := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/add/") {
		t.Fatalf("%d to %q: %s", w.Code, to, w.Body)
	}
	v := ended(t, h, to)
	if v.Added != 3 || v.Failed != 1 || v.By != "ana" {
		t.Errorf("%+v", v)
	}
	for _, x := range v.Lines {
		if strings.Contains(x.Name+x.Wrong, "readout-add") || x.Became == "failed" && !strings.Contains(x.Name, "lines.jsonl") {
			t.Errorf("%+v", x)
		}
	}
	if b := get(t, h, to).Body.String(); !strings.Contains(b, "Blinken in Beijing</a>") || !strings.Contains(b, "not read") {
		t.Errorf("%s", b)
	}
	s := view[web.Searched](t, h, "/search.json?q=Blinken+candid")
	if len(s.Articles) != 2 || s.Articles[0].Outlet != "Courier" {
		t.Errorf("found %+v", s.Articles)
	}
	w = handIn(t, h, map[string]string{"text": told, "title": "Blinken in Beijing", "outlet": "Courier", "published": "2022-06-19"})
	if v := ended(t, h, w.Header().Get("Location")); v.Known != 1 || v.Added != 0 {
		t.Errorf("again: %+v", v)
	}
	w = handIn(t, h, map[string]string{"address": "http://10.0.0.1/"})
	if v := ended(t, h, w.Header().Get("Location")); v.Failed != 1 || !strings.Contains(v.Lines[0].Wrong, "private") {
		t.Errorf("address: %+v", v)
	}
	for _, c := range []struct {
		fields map[string]string
		file   []upload
		want   int
	}{
		{map[string]string{"address": "file:///etc/hosts"}, nil, http.StatusUnprocessableEntity},
		{map[string]string{"address": "/etc/hosts"}, nil, http.StatusUnprocessableEntity},
		{map[string]string{"text": " "}, nil, http.StatusBadRequest},
		{map[string]string{"text": told, "published": "yesterday"}, nil, http.StatusBadRequest},
		{map[string]string{"text": told, "tlp": "pink"}, nil, http.StatusBadRequest},
		{nil, []upload{{"run.exe", "MZ"}}, http.StatusUnprocessableEntity},
	} {
		if w := handIn(t, h, c.fields, c.file...); w.Code != c.want || !strings.Contains(w.Body.String(), `role="alert"`) {
			t.Errorf("%v %v: %d, want %d", c.fields, c.file, w.Code, c.want)
		}
	}
	if err := h.Close(context.Background()); err != nil {
		t.Error(err)
	}
	if n, err := l.Check(context.Background()); err != nil || len(n.Wrong) > 0 {
		t.Errorf("%+v, %v", n, err)
	}
}

func TestAddJSON(t *testing.T) {
	h, _ := adding(t)
	body := `{"text":"` + told + `","title":"A","outlet":"Courier","published":"2022-06-19"}`
	for _, c := range []struct {
		body string
		want int
	}{{body, http.StatusCreated}, {body, http.StatusOK}, {`{"text":""}`, http.StatusBadRequest}, {`{"text":"x","texts":""}`, http.StatusBadRequest}, {body + body, http.StatusBadRequest},
		{"{\n" + body[1:], http.StatusOK}} {
		if w := post(t, h, "/api/v1/articles", c.body, "Content-Type", "application/json"); w.Code != c.want {
			t.Errorf("%.60s: %d, want %d: %s", c.body, w.Code, c.want, w.Body)
		}
	}
	if w := post(t, h, "/api/v1/articles", body, "Content-Type", "application/json", "Sec-Fetch-Site", "cross-site"); w.Code != http.StatusForbidden {
		t.Errorf("from another site: %d", w.Code)
	}
	c := config(t)
	if w := post(t, web.New(c), "/api/v1/articles", body, "Content-Type", "application/json"); w.Code != http.StatusNotFound {
		t.Errorf("a server that adds nothing: %d", w.Code)
	}
}

// TestAddSeveral: an array and lines of JSON are added one by one, with an answer
// for each.
func TestAddSeveral(t *testing.T) {
	h, _ := adding(t)
	article := func(title string) string {
		return `{"text":"` + told + ` ` + title + `","title":"` + title + `","outlet":"Courier","published":"2022-06-19"}`
	}
	for _, c := range []struct {
		name, kind, body string
		status           int
		want             string // of each: n new, k known, x not
	}{
		{"an array", "application/json", "[" + article("A") + `,{"text":""},` + article("B") + "]", http.StatusOK, "nxn"},
		{"lines", "application/x-ndjson", article("A") + "\n\n" + article("C") + "\r\n{\n", http.StatusOK, "knx"},
		{"a line", "application/jsonl", article("C"), http.StatusOK, "k"},
		{"nothing", "application/json", "[]", http.StatusRequestEntityTooLarge, ""},
		{"too many", "application/json", "[" + strings.Repeat("1,", 100) + "1]", http.StatusRequestEntityTooLarge, ""},
		{"half an array", "application/json", "[" + article("D"), http.StatusBadRequest, ""},
		{"a form", "text/plain", article("D"), http.StatusUnsupportedMediaType, ""},
	} {
		w := post(t, h, "/api/v1/articles", c.body, "Content-Type", c.kind)
		var v struct {
			Articles []struct {
				Version string
				New     bool
				Error   *struct{ Status int }
			}
		}
		if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil || w.Code != c.status {
			t.Errorf("%s: %d, want %d, %v: %s", c.name, w.Code, c.status, err, w.Body)
			continue
		}
		got := ""
		for _, a := range v.Articles {
			switch {
			case a.Error != nil && a.Error.Status == http.StatusBadRequest && a.Version == "":
				got += "x"
			case a.New && a.Version != "":
				got += "n"
			case a.Version != "":
				got += "k"
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q: %s", c.name, got, c.want, w.Body)
		}
	}
}

// FuzzBody: no body of a form or of JSON is too much for any route: it gets an
// answer that is no fault of the server.
func FuzzBody(f *testing.F) {
	targets := []struct{ path, kind string }{
		{"/api/v1/articles", "application/json"}, {"/api/v1/articles", "application/jsonl"}, {"/api/v1/read", "application/json"}, {"/api/v1/decide", "application/json"},
		{"/api/v1/outlets", "application/json"}, {"/decide", "application/x-www-form-urlencoded"}, {"/note", "application/x-www-form-urlencoded"}, {"/outlets", "application/x-www-form-urlencoded"},
		{"/add", "multipart/form-data; boundary=b"},
	}
	for i, body := range []string{
		`{"text":"The ministers met in Geneva on Monday.","title":"A","published":"2022-06-19"}`, "{\"text\":\"a\"}\n[]\n", `{"text":"x"}`, `{"do":"correct","on":["e1"],"field":"day","is":"2022-01-01"}`,
		`{"outlet":"Courier","grade":"B"}`, "do=reject&on=e1&why=x", "text=x&entries=event%3A+meeting&do=look", "outlet=Courier&grade=Z", "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nx\r\n--b--\r\n",
	} {
		f.Add(i, body)
	}
	c := config(f)
	store := record.NewMemory()
	l, err := record.Open(f.Context(), record.Config{Store: store, Now: c.Now})
	if err != nil {
		f.Fatal(err)
	}
	c.Ledger, c.By = l, "me"
	c.Open = func(context.Context, web.Input) iter.Seq[web.Arrival] { return func(func(web.Arrival) bool) {} }
	h := web.New(c)
	f.Cleanup(func() { _ = h.Close(context.Background()) })
	f.Fuzz(func(t *testing.T, which int, body string) {
		to := targets[uint(which)%uint(len(targets))]
		if len(body) > 4000 {
			return
		}
		if w := post(t, h, to.path, body, "Content-Type", to.kind); w.Code >= http.StatusInternalServerError && w.Code != http.StatusServiceUnavailable {
			t.Errorf("%s %q: %d: %s", to.path, body, w.Code, w.Body)
		}
	})
}
