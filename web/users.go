package web

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"readout/sheet"
	"readout/web/account"
)

// The pages of users: all of them, for an admin, and one's own. What they change
// is changed by who has signed in, never by a token: whoever finds one cannot
// make more of it.

// Users are the users of a record.
type Users struct {
	Users []User `json:"users"`
}

// User is a user with how many sessions there are.
type User struct {
	account.Listing
	Sessions int `json:"sessions"`
}

// usersPage is the users to change, or one's own account.
type usersPage struct {
	Wrong  string // why nothing was changed
	Done   string // what was
	Secret string // a password or token that is shown this once
	Of     string // whose or what it is
	Name   string // as it was typed
	Roles  []option
	Rows   []userRow
	Self   *userRow // the account of who asks; nil: there is none
	Sign   bool     // people may sign on elsewhere
}

type userRow struct {
	User
	Since  string
	Does   string // how it signs in, how often it has
	Roles  []option
	Lines  []tokenLine
	Myself bool
}

type tokenLine struct{ ID, Label, What, Remove string }

// book is where users are kept, of a server that has them.
func (s *Server) book(ctx context.Context) (*account.Book, error) {
	if s.c.Guard == nil || account.From(ctx).Means == account.ByMachine {
		return nil, problem{Status: http.StatusNotFound, Detail: "this server has no users: it is for its own machine. 'readout user add NAME --role admin' makes the first"}
	}
	return s.c.Guard.Book(), nil
}

func roleOptions(most, here account.Role) []option {
	var out []option
	for r := account.Reader; r <= most; r++ {
		out = append(out, option{r.String(), r.String(), r == here})
	}
	return out
}

func (a *ask) userRow(u *account.Listing, sessions int) userRow {
	how := "signs in here"
	if !u.Password {
		how = "signs on elsewhere"
	}
	r := userRow{User: User{*u, sessions}, Since: sheet.Date(u.Created.Format(time.DateOnly)), Roles: roleOptions(account.Admin, u.Role), Myself: u.Name == account.User(a.r.Context())}
	r.Does = how + ", " + sheet.Plural(sessions, "session", "sessions")
	for _, t := range u.Tokens {
		what := t.Role.String()
		switch {
		case t.Expires.IsZero():
			what += ", until it is removed"
		case !a.now.Before(t.Expires):
			what += ", expired " + sheet.Date(t.Expires.Format(time.DateOnly))
		default:
			what += ", until " + sheet.Date(t.Expires.Format(time.DateOnly))
		}
		if t.Used.IsZero() {
			what += ", never used"
		} else {
			what += ", used " + sheet.Date(t.Used.Format(time.DateOnly))
		}
		r.Lines = append(r.Lines, tokenLine{ID: t.ID, Label: cmp.Or(t.Label, "a token"), What: what})
	}
	return r
}

// usersView has all users.
func usersView(ctx context.Context, a *ask) (*page, error) {
	return a.s.usersPage(ctx, a, &usersPage{Done: a.form.Get("done")})
}

func (s *Server) usersPage(ctx context.Context, a *ask, d *usersPage) (*page, error) {
	b, err := s.book(ctx)
	if err != nil {
		return nil, err
	}
	list, err := b.List(ctx)
	if err != nil {
		return nil, err
	}
	sessions, err := b.Sessions(ctx)
	if err != nil {
		return nil, err
	}
	v := &Users{Users: []User{}}
	for i := range list {
		v.Users = append(v.Users, User{list[i], sessions[list[i].Name]})
		d.Rows = append(d.Rows, a.userRow(&list[i], sessions[list[i].Name]))
	}
	d.Roles, d.Sign = roleOptions(account.Admin, account.Reader), s.c.Guard.Elsewhere()
	rows := func() (head []string, rows [][]string) {
		for _, u := range v.Users {
			rows = append(rows, []string{u.Name, u.Role.String(), strconv.FormatBool(u.Password), u.Created.Format(time.RFC3339), strconv.Itoa(u.Sessions), strconv.Itoa(len(u.Tokens))})
		}
		return []string{"user", "role", "password", "since", "sessions", "tokens"}, rows
	}
	return &page{Name: "users", Title: "Users", Sub: sheet.Count(len(list), "user"), View: v, Data: d, Rows: rows, Form: true}, nil
}

// accountView is the account of who asks.
func accountView(ctx context.Context, a *ask) (*page, error) {
	return a.s.accountPage(ctx, a, &usersPage{Done: a.form.Get("done")})
}

func (s *Server) accountPage(ctx context.Context, a *ask, d *usersPage) (*page, error) {
	b, err := s.book(ctx)
	if err != nil {
		return nil, err
	}
	who := account.From(ctx)
	list, err := b.List(ctx)
	if err != nil {
		return nil, err
	}
	sessions, err := b.Sessions(ctx)
	if err != nil {
		return nil, err
	}
	v := User{Listing: account.Listing{Name: who.Name, Role: who.Role, Tokens: []account.TokenListing{}}, Sessions: sessions[who.Name]}
	for i := range list {
		if list[i].Name == who.Name {
			r := a.userRow(&list[i], sessions[who.Name])
			r.Roles = roleOptions(list[i].Role, account.Reader)
			d.Self, v = &r, r.User
		}
	}
	return &page{Name: "account", Title: "Your account", Sub: who.Name + ", " + who.Role.String(), View: v, Data: d, Form: true}, nil
}

// signedIn refuses who is not at a browser: a token makes no tokens.
func signedIn(ctx context.Context) error {
	if account.From(ctx).Means != account.BySession {
		return problem{Status: http.StatusForbidden, Detail: "that is for who has signed in at a browser; at the machine there is 'readout user'"}
	}
	return nil
}

// change answers a form that changes users: with what act does, or the page again
// and what is wrong. act gives what was done, and the page may show a secret.
func (s *Server) change(w http.ResponseWriter, r *http.Request, path string, show func(context.Context, *ask, *usersPage) (*page, error), act func(context.Context, *account.Book, *usersPage) (string, error)) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	ctx, cancel := context.WithTimeout(r.Context(), limit)
	defer cancel()
	b, err := s.book(ctx)
	if err == nil {
		err = signedIn(ctx)
	}
	if err == nil && r.ParseForm() != nil {
		err = bad("the form cannot be read")
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	for _, values := range r.PostForm {
		for _, v := range values {
			if len(v) > 4*maxValue || !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
				s.fail(w, r, bad("not a value that can be kept"))
				return
			}
		}
	}
	d := &usersPage{}
	done, err := act(ctx, b, d)
	status := http.StatusOK
	switch {
	case err == nil && d.Secret == "":
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, address(path, map[string][]string{}, []string{"done", done}), http.StatusSeeOther)
		return
	case err == nil:
		d.Done = done
	case isSlip(err):
		d.Wrong, d.Name, status = sheet.Capital(err.Error()), r.PostForm.Get("name"), http.StatusUnprocessableEntity
	default:
		s.fail(w, r, err)
		return
	}
	a := s.ask(r)
	p, err := show(ctx, a, d)
	var body []byte
	if err == nil {
		body, err = s.render(a, p)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body) // who asked is gone
}

// isSlip reports whether an error is of who filled in the form.
func isSlip(err error) bool {
	for _, is := range []error{account.ErrUnknown, account.ErrTaken, account.ErrName, account.ErrPassword, account.ErrToken, account.ErrLast, account.ErrDenied, account.ErrOften, account.ErrBusy, errSlip} {
		if errors.Is(err, is) {
			return true
		}
	}
	return false
}

var errSlip = errors.New("nothing was changed")

func slip(format string, args ...any) error {
	return fmt.Errorf("%s; %w", fmt.Sprintf(format, args...), errSlip)
}

// made is a password that nobody thought of: for who cannot be asked for one.
func made() string {
	s := strings.ToLower(rand.Text())
	return s[:5] + "-" + s[5:10] + "-" + s[10:15] + "-" + s[15:20]
}

// usersPost changes users as an admin asks.
func (s *Server) usersPost(w http.ResponseWriter, r *http.Request) {
	s.change(w, r, "/users", s.usersPage, func(ctx context.Context, b *account.Book, d *usersPage) (string, error) {
		f := r.PostForm
		name := strings.ToLower(strings.TrimSpace(f.Get("name")))
		done, err := s.changeUser(ctx, b, d, f.Get("do"), name, f.Get)
		if err == nil {
			s.c.Log.InfoContext(ctx, "users", logUser, account.User(ctx), "does", f.Get("do"), "of", name)
		}
		return done, err
	})
}

func (s *Server) changeUser(ctx context.Context, b *account.Book, d *usersPage, do, name string, field func(string) string) (string, error) {
	role := func() (account.Role, error) {
		r, err := account.ParseRole(field("role"))
		if err != nil {
			return r, slip("%v", err)
		}
		return r, nil
	}
	switch do {
	case "add":
		r, err := role()
		if err != nil {
			return "", err
		}
		password := field("password")
		switch {
		case field("elsewhere") != "":
			password = ""
		case password == "":
			password = made()
			d.Secret, d.Of = password, "The password of "+name
		}
		if err := b.Add(ctx, name, r, password); err != nil {
			d.Secret = ""
			return "", err
		}
		return name + " is " + r.String(), nil
	case "role":
		r, err := role()
		if err != nil {
			return "", err
		}
		return name + " is " + r.String(), b.SetRole(ctx, name, r)
	case "password":
		password := field("password")
		if password == "" {
			password = made()
			d.Secret, d.Of = password, "The password of "+name
		}
		return name + " has another password, and must sign in again", b.SetPassword(ctx, name, password)
	case "logout":
		n, err := b.EndSessions(ctx, name)
		return sheet.Plural(n, "session", "sessions") + " of " + name + " ended", err
	case "token-rm":
		return "the token counts no more", b.RemoveToken(ctx, name, field("id"))
	case "remove":
		switch {
		case field("sure") == "":
			return "", slip("say that you are sure")
		case name == account.User(ctx):
			return "", slip("that is you: another admin can remove you")
		}
		if err := b.Remove(ctx, name); err != nil {
			return "", err
		}
		return name + " is no user any more", nil
	}
	return "", bad("do: add, role, password, logout, token-rm or remove")
}

// days are how long a token may last, by what forms call it.
var days = map[string]int{"30": 30, "90": 90, "365": 365}

// accountPost changes the account of who asks.
func (s *Server) accountPost(w http.ResponseWriter, r *http.Request) {
	s.change(w, r, "/account", s.accountPage, func(ctx context.Context, b *account.Book, d *usersPage) (string, error) {
		f, name := r.PostForm, account.User(ctx)
		switch f.Get("do") {
		case "password":
			if f.Get("password") != f.Get("again") {
				return "", slip("these are two passwords")
			}
			err := s.c.Guard.ChangePassword(w, r, f.Get("old"), f.Get("password"))
			if errors.Is(err, account.ErrDenied) {
				err = slip("the password that you have is another")
			}
			return "you have another password; all other sessions ended", err
		case "token":
			role, err := account.ParseRole(f.Get("role"))
			if err != nil {
				return "", slip("%v", err)
			}
			t := account.Token{Label: strings.TrimSpace(f.Get("label")), Role: min(role, account.From(ctx).Role)}
			if n := days[f.Get("days")]; n > 0 {
				t.Expires = s.c.Now().UTC().AddDate(0, 0, n).Truncate(time.Second)
			} else if f.Get("days") != "never" {
				return "", slip("how long is it to last?")
			}
			if d.Secret, t, err = b.AddToken(ctx, name, t); err != nil {
				d.Secret = ""
				return "", err
			}
			d.Of = "The token " + t.ID
			return "there is another token", nil
		case "token-rm":
			return "the token counts no more", b.RemoveToken(ctx, name, f.Get("id"))
		}
		return "", bad("do: password, token or token-rm")
	})
}
