package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"readout/record"
)

// ask is what a request asks for.
type ask struct {
	s    *Server
	r    *http.Request
	form url.Values
	q    record.Query
	now  time.Time
	as   string // the form that is asked for: formJSON, formCSV, formICS; "": a page
	// json is whether a program asks: it gets the view, or what is made of it.
	json bool
	// origin is what base gives, where the request does not tell it any more.
	origin string
	// rated are the grades of outlets, once they were asked for.
	rated map[string]Reliability
}

// ask reads what all pages have in common, as far as it can be read.
func (s *Server) ask(r *http.Request) *ask {
	as := formOf(r)
	a := &ask{s: s, r: r, form: r.URL.Query(), q: s.c.Look, now: s.c.Now().UTC(), as: as, json: as != ""}
	a.q.AsOf, _ = moment(a.form.Get("as_of"), true)
	a.q.Since, _ = moment(a.form.Get("since"), false)
	if p := a.form.Get("process"); p != "" {
		a.q.Process = p
	}
	a.q.All = a.form.Get("all") == "1"
	return a
}

// maxValue is how long a value of a query may be, in bytes.
const maxValue = 500

// common are the parameters that every view has.
var common = []string{"as_of", "process"}

// check refuses what cannot be read: a value that is none, and, of programs, a
// parameter that the route does not have.
func (a *ask) check(params []string) error {
	if _, err := url.ParseQuery(a.r.URL.RawQuery); err != nil {
		return bad("the query cannot be read: " + err.Error())
	}
	for name, values := range a.form {
		if a.json && !slices.Contains(common, name) && !slices.Contains(params, name) && !(a.as == formCSV && name == "table") {
			return bad(fmt.Sprintf("no parameter %q here: %s", name, strings.Join(append(slices.Clone(common), params...), ", ")))
		}
		for _, v := range values {
			if len(v) > maxValue || !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
				return bad(fmt.Sprintf("%s: not a value that can be asked for", name))
			}
		}
	}
	for _, name := range []string{"as_of", "since", "from", "to"} {
		if v := a.form.Get(name); v != "" && !(name == "since" && v == lastVisit) {
			if _, err := moment(v, false); err != nil {
				return bad(name + ": " + err.Error())
			}
		}
	}
	return nil
}

var layouts = []string{time.DateOnly, time.RFC3339, "2006-01-02T15:04", "2006-01-02T15:04:05"}

// moment reads a day or an instant; of a day its end, or its beginning. "" is the
// zero time.
func moment(s string, end bool) (time.Time, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return time.Time{}, nil
	}
	for _, layout := range layouts {
		t, err := time.Parse(layout, s)
		if err != nil || t.Year() < 1 {
			continue
		}
		if end && layout == time.DateOnly {
			t = t.Add(24*time.Hour - time.Microsecond)
		}
		return t.UTC(), nil
	}
	return time.Time{}, fmt.Errorf("%q is no date that can be read: write it as 2025-08-19 or 2025-08-19T14:30:00Z", s)
}

// whole reads a whole number from low to high, or the default where there is
// none.
func (a *ask) whole(name string, otherwise, low, high int) (int, error) {
	v := a.form.Get(name)
	if v == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < low || n > high {
		return 0, bad(fmt.Sprintf("%s: a whole number from %d to %d", name, low, high))
	}
	return n, nil
}

// value is a wildcard of the route's path, without the ending that asks for
// JSON.
func (a *ask) value(name string) string { return strings.TrimSuffix(a.r.PathValue(name), "."+a.as) }

// to is the address of a page at the same moment, of the same process: of the
// pairs of names and values those that have one.
func (a *ask) to(path string, pairs ...string) string {
	v := url.Values{}
	for _, name := range common {
		if x := a.form.Get(name); x != "" {
			v.Set(name, x)
		}
	}
	return address(path, v, pairs)
}

// then is the same ask for links to another moment, an instant.
func (a *ask) then(at string) *ask {
	b := *a
	b.form = url.Values{}
	for name, list := range a.form {
		b.form[name] = list
	}
	b.form.Set("as_of", at)
	return &b
}

// with is the address of this page with other values.
func (a *ask) with(pairs ...string) string {
	v := url.Values{}
	for name, list := range a.form {
		if name != "after" && len(list) > 0 && list[0] != "" {
			v[name] = list
		}
	}
	return address(a.path(), v, pairs)
}

// path is the address of the page for people, without its query.
func (a *ask) path() string {
	u := url.URL{Path: strings.TrimSuffix(strings.TrimPrefix(a.r.URL.Path, apiPrefix), "."+a.as)}
	if u.Path == "/state" || u.Path == "" {
		u.Path = "/"
	}
	return u.EscapedPath()
}

func address(path string, v url.Values, pairs []string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			v.Del(pairs[i])
		} else {
			v.Set(pairs[i], pairs[i+1])
		}
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// The forms of a view beside a page: each is at the page's address with its name
// as the ending.
const (
	formJSON = "json"
	formCSV  = "csv" // of what the view has, as package export has tables
	formICS  = "ics" // what is planned of it
)

// formOf is the form that a request asks for, by its address, or because it would
// rather have JSON than a page; "" is a page.
func formOf(r *http.Request) string {
	if strings.HasPrefix(r.URL.Path, apiPrefix+"/") {
		return formJSON
	}
	for _, form := range []string{formJSON, formCSV, formICS} {
		if strings.HasSuffix(r.URL.Path, "."+form) {
			return form
		}
	}
	if wantsJSON(r) {
		return formJSON
	}
	return ""
}

// wantsJSON reports whether who asks would rather have JSON than a page.
func wantsJSON(r *http.Request) bool {
	for _, part := range strings.Split(r.Header.Get("Accept"), ",") {
		kind, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		switch kind {
		case "application/json":
			return true
		case "text/html", "application/xhtml+xml":
			return false
		}
	}
	return false
}
