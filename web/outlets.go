package web

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"readout/record"
	"readout/sheet"
)

// The reliability of outlets, as people set it: A to F of the Admiralty code. It
// is of who publishes, and says nothing of how credible one claim is. It is kept
// as a setting of the record, with who set it and when; the last one counts.

// Reliability is a grade that somebody gave an outlet.
type Reliability struct {
	Outlet string    `json:"outlet"`
	Grade  string    `json:"grade"` // A to F; "": taken back
	By     string    `json:"by"`
	When   time.Time `json:"when"`
	Why    string    `json:"why,omitempty"`
}

// grades are the grades in words.
var grades = []option{
	{"A", "A, completely reliable", false}, {"B", "B, usually reliable", false}, {"C", "C, fairly reliable", false},
	{"D", "D, not usually reliable", false}, {"E", "E, unreliable", false}, {"F", "F, cannot be judged", false},
}

func gradeWords(grade string) string {
	for _, g := range grades {
		if g.Value == grade {
			return g.Label
		}
	}
	return ""
}

const (
	outletsSetting = "outlets"
	maxRatings     = 20000 // that are kept; of more the oldest go that no longer count
)

func parseRatings(value string) ([]Reliability, error) {
	if value == "" {
		return nil, nil
	}
	var list []Reliability
	if err := json.Unmarshal([]byte(value), &list); err != nil {
		return nil, fmt.Errorf("reliability of outlets: %w", err)
	}
	return list, nil
}

// ratings are the grades of outlets by their names.
func (s *Server) ratings(ctx context.Context) (map[string]Reliability, error) {
	value, err := s.c.Ledger.Setting(ctx, outletsSetting)
	if err != nil {
		return nil, err
	}
	list, err := parseRatings(value)
	if err != nil {
		return nil, err
	}
	out := map[string]Reliability{}
	for _, r := range list {
		if out[r.Outlet] = r; r.Grade == "" {
			delete(out, r.Outlet)
		}
	}
	return out, nil
}

// rate keeps a grade.
func (s *Server) rate(ctx context.Context, r Reliability) error {
	r.Outlet, r.Why = strings.TrimSpace(r.Outlet), strings.TrimSpace(r.Why)
	if r.Outlet == "" || len(r.Outlet)+len(r.Why) > 2*maxValue || !utf8.ValidString(r.Outlet+r.Why) || strings.ContainsRune(r.Outlet+r.Why, 0) {
		return bad("outlet: the name of one, as articles have it")
	}
	if r.Grade != "" && gradeWords(r.Grade) == "" {
		return bad(fmt.Sprintf("grade: %q is none of A to F", r.Grade))
	}
	var err error
	if r.By, err = s.who(ctx); err != nil {
		return err
	}
	r.When = s.c.Now().UTC().Truncate(time.Second)
	return s.c.Ledger.ChangeSetting(ctx, outletsSetting, func(value string) (string, error) {
		list, err := parseRatings(value)
		if err != nil {
			return "", err
		}
		list = append(list, r)
		if len(list) > maxRatings {
			last := map[string]int{}
			for i := range list {
				last[list[i].Outlet] = i
			}
			kept := list[:0]
			for i := range list {
				if last[list[i].Outlet] == i {
					kept = append(kept, list[i])
				}
			}
			list = kept
		}
		b, err := json.Marshal(list)
		return string(b), err
	})
}

// Outlets are those who published the articles of a record.
type Outlets struct {
	AsOf string `json:"as_of"`
	// Of a large record the newest articles are counted: those since ReadSince,
	// and Unread versions are older.
	Unread    int      `json:"unread,omitempty"`
	ReadSince string   `json:"read_since,omitempty"`
	Outlets   []Outlet `json:"outlets"` // the most articles first
}

// Outlet is one who publishes.
type Outlet struct {
	Name     string `json:"name"`
	Articles int    `json:"articles"`
	First    int    `json:"first"`  // articles that are the first of their story here
	Copied   int    `json:"copied"` // articles of others that are copies of its
	Copies   int    `json:"copies"` // articles that are copies of others'
	// Reliability is what people set; nil: nobody did.
	Reliability *Reliability `json:"reliability,omitempty"`
}

// mostOutletArticles is of how many articles about, the newest, outlets are
// counted: so many are read in a moment.
const mostOutletArticles = 2000

// issued is an article in the count of outlets.
type issued struct{ outlet, article, origin string }

func (a *ask) outlets(ctx context.Context) (*Outlets, error) {
	v := &Outlets{Outlets: []Outlet{}}
	version := map[string]issued{}
	var order []string
	err := a.s.c.Ledger.Scan(ctx, a.q, func(s *record.Scan) error {
		v.AsOf = s.AsOf().Format(time.RFC3339)
		var err error
		if v.ReadSince, v.Unread, err = s.Lately(ctx, mostOutletArticles); err != nil {
			return err
		}
		for x, err := range s.Articles(ctx) {
			if err != nil {
				return err
			}
			version[x.ID] = issued{x.Outlet, x.Article, x.Origin}
			order = append(order, x.ID)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	n := map[string]*Outlet{}
	of := func(name string) *Outlet {
		if n[name] == nil {
			n[name] = &Outlet{Name: name}
		}
		return n[name]
	}
	seen := map[string]bool{}
	for _, id := range order {
		p := version[id]
		if seen[p.article] { // another version of it
			continue
		}
		seen[p.article] = true
		o := of(p.outlet)
		o.Articles++
		if origin, ok := version[p.origin]; ok && origin.article != p.article {
			o.Copies++
			of(origin.outlet).Copied++
		} else {
			o.First++
		}
	}
	rated, err := a.s.ratings(ctx)
	if err != nil {
		return nil, err
	}
	for name, r := range rated {
		if o := n[name]; o != nil {
			o.Reliability = &r
		}
	}
	for _, o := range n {
		v.Outlets = append(v.Outlets, *o)
	}
	slices.SortFunc(v.Outlets, func(a, b Outlet) int { return cmp.Or(b.Articles-a.Articles, strings.Compare(a.Name, b.Name)) })
	return v, nil
}

// lately tells what was not read.
func (v *Outlets) lately() string {
	if v.Unread == 0 {
		return ""
	}
	return ", of the articles since " + sheet.Date(v.ReadSince) + "; " + sheet.Count(v.Unread, "older article") + " not counted"
}

// rows are the outlets as a table.
func (v *Outlets) rows() ([]string, [][]string) {
	var out [][]string
	for _, o := range v.Outlets {
		row := []string{o.Name, strconv.Itoa(o.Articles), strconv.Itoa(o.First), strconv.Itoa(o.Copied), strconv.Itoa(o.Copies), "", "", "", ""}
		if r := o.Reliability; r != nil {
			copy(row[5:], []string{r.Grade, r.By, r.When.Format(time.RFC3339), r.Why})
		}
		out = append(out, row)
	}
	return []string{"outlet", "articles", "first", "copied", "copies", "reliability", "by", "when", "why"}, out
}

// outletsPage is the table of outlets.
type outletsPage struct {
	Rows   []outletRow
	Grades []option
	Done   string
}

type outletRow struct {
	Outlet
	Title  string // what is shown for its name
	Grades []option
	Set    string // by whom, and when
}

func outletsView(ctx context.Context, a *ask) (*page, error) {
	v, err := a.outlets(ctx)
	if err != nil {
		return nil, err
	}
	p := &page{Name: "outlets", Title: "Outlets", Sub: sheet.Plural(len(v.Outlets), "outlet", "outlets") + ", as of " + sheet.Date(v.AsOf) + v.lately(), View: v, Rows: v.rows}
	if a.json {
		return p, nil
	}
	d := &outletsPage{Grades: grades, Done: a.form.Get("done")}
	for _, o := range v.Outlets {
		r := outletRow{Outlet: o, Title: cmp.Or(o.Name, "no outlet told"), Grades: grades}
		if o.Reliability != nil {
			r.Grades = chosen(grades, o.Reliability.Grade)
			r.Set = o.Reliability.By + ", " + sheet.Date(o.Reliability.When.Format(time.DateOnly))
			if o.Reliability.Why != "" {
				r.Set += ": " + o.Reliability.Why
			}
		}
		d.Rows = append(d.Rows, r)
	}
	p.Data = d
	return p, nil
}

// outletsPost keeps the grade of an outlet that a form tells.
func (s *Server) outletsPost(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	err := r.ParseForm()
	if err != nil {
		s.fail(w, r, bad("the form cannot be read"))
		return
	}
	name := r.PostForm.Get("outlet")
	if err := s.rate(r.Context(), Reliability{Outlet: name, Grade: r.PostForm.Get("grade"), Why: r.PostForm.Get("why")}); err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, address("/outlets", map[string][]string{"done": {name}}, nil), http.StatusSeeOther)
}

// outletsJSON keeps the grade of an outlet that a program tells.
func (s *Server) outletsJSON(w http.ResponseWriter, r *http.Request) {
	body, err := jsonBody(w, r, maxForm)
	var in struct {
		Outlet string `json:"outlet"`
		Grade  string `json:"grade"`
		Why    string `json:"why"`
	}
	if err == nil {
		if wrong := strict(body, &in); wrong != nil {
			err = bad("the body is no grade: " + wrong.Error())
		}
	}
	if err == nil {
		err = s.rate(r.Context(), Reliability{Outlet: in.Outlet, Grade: in.Grade, Why: in.Why})
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.created(w, r, "/outlets", in)
}

// grade is the grade of who published what a witness tells; "" for none. What
// cannot be read is not shown, and logged.
func (a *ask) grade(outlet string) *Reliability {
	if a.rated == nil {
		var err error
		if a.rated, err = a.s.ratings(a.r.Context()); err != nil {
			if !errors.Is(err, context.Canceled) {
				a.s.c.Log.ErrorContext(a.r.Context(), "outlets", logError, err.Error())
			}
			a.rated = map[string]Reliability{}
		}
	}
	if r, ok := a.rated[outlet]; ok {
		return &r
	}
	return nil
}
