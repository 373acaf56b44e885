package account

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"
)

//go:embed login.html
var loginText string

var loginPage = template.Must(template.New("login").Parse(loginText))

// loginView is the page where people sign in.
type loginView struct {
	Site     Site
	Name     string // as it was typed
	Next     string
	Wrong    string
	SignOn   string // the address of the sign-on elsewhere, "" for none
	Provider string
	Password bool // there are users with passwords
}

const (
	loginPath    = "/login"
	logoutPath   = "/logout"
	signOnPath   = "/login/oidc"
	callbackPath = "/login/oidc/callback"
)

func loginURL(next string) string {
	if next = safeNext(next); next == "/" {
		return loginPath
	}
	return loginPath + "?" + url.Values{"next": {next}}.Encode()
}

// maxNext is how long the address may be that somebody goes on to.
const maxNext = 2000

// safeNext is where somebody goes on to: a page of this server, "/" for all that
// is none.
func safeNext(s string) string {
	u, err := url.Parse(s)
	if err != nil || len(s) > maxNext || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") || strings.ContainsAny(s, "\\\r\n\t\x00") ||
		strings.HasPrefix(u.Path, loginPath) || strings.HasPrefix(u.Path, logoutPath) || strings.HasPrefix(u.Path, "//") {
		return "/"
	}
	return s
}

// pages are the Guard's own.
func (g *Guard) pages(site Site) *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+loginPath, func(w http.ResponseWriter, r *http.Request) {
		next := safeNext(r.URL.Query().Get("next"))
		if a := of(r.Context()); a.Role > Nobody && a.Means == BySession {
			http.Redirect(w, r, next, http.StatusSeeOther)
			return
		}
		g.show(w, r, site, http.StatusOK, loginView{Next: next})
	})
	mux.HandleFunc("POST "+loginPath, func(w http.ResponseWriter, r *http.Request) { g.login(w, r, site) })
	mux.HandleFunc("POST "+logoutPath, func(w http.ResponseWriter, r *http.Request) { g.logout(w, r, site) })
	if g.c.SignOn != nil {
		mux.HandleFunc("GET "+signOnPath, func(w http.ResponseWriter, r *http.Request) { g.signOn(w, r, site) })
		mux.HandleFunc("GET "+callbackPath, func(w http.ResponseWriter, r *http.Request) { g.callback(w, r, site) })
	}
	return mux
}

func (g *Guard) show(w http.ResponseWriter, r *http.Request, site Site, status int, v loginView) {
	v.Site = site
	list, err := g.c.Book.list(r.Context())
	if err != nil {
		g.broken(w, r, site, err)
		return
	}
	for _, a := range list {
		v.Password = v.Password || a.Hash != ""
	}
	if g.c.SignOn != nil {
		v.SignOn, v.Provider = signOnPath+"?"+url.Values{"next": {v.Next}}.Encode(), g.c.SignOn.host()
	}
	var b bytes.Buffer
	if err := loginPage.Execute(&b, v); err != nil {
		g.broken(w, r, site, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // who asked is gone
}

func (g *Guard) broken(w http.ResponseWriter, r *http.Request, site Site, err error) {
	g.c.Log.ErrorContext(r.Context(), "accounts", "error", err.Error())
	site.Refuse(w, r, http.StatusServiceUnavailable, "nobody can sign in now; the log has why")
}

const (
	maxLogin = 8 << 10 // bytes of a form
	// patience is how long a password waits to be looked at.
	patience = 5 * time.Second
)

func (g *Guard) login(w http.ResponseWriter, r *http.Request, site Site) {
	r.Body = http.MaxBytesReader(w, r.Body, maxLogin)
	if err := r.ParseForm(); err != nil {
		site.Refuse(w, r, http.StatusBadRequest, "the form cannot be read")
		return
	}
	a := of(r.Context())
	name, next := strings.ToLower(strings.TrimSpace(r.PostForm.Get("name"))), safeNext(r.PostForm.Get("next"))
	if len(name) > 64 {
		name = name[:64]
	}
	if g.wait(w, r, site, g.places, addressKey(a.Address)) || g.wait(w, r, site, g.names, name) {
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	user, err := g.c.Book.Check(ctx, name, r.PostForm.Get("password"))
	switch {
	case errors.Is(err, ErrBusy):
		w.Header().Set("Retry-After", "5")
		site.Refuse(w, r, http.StatusServiceUnavailable, "too many sign in at once; try again")
	case errors.Is(err, ErrDenied):
		// What was typed for a name may be a password: the log does without.
		g.c.Log.WarnContext(r.Context(), "sign-in refused", "from", a.Address)
		g.show(w, r, site, http.StatusUnauthorized, loginView{Name: name, Next: next, Wrong: "Name or password is wrong."})
	case err != nil:
		g.broken(w, r, site, err)
	default:
		g.enter(w, r, site, user, next)
	}
}

// enter begins a session and goes on.
func (g *Guard) enter(w http.ResponseWriter, r *http.Request, site Site, user *Account, next string) {
	a := of(r.Context())
	secret, err := g.c.Book.begin(r.Context(), user)
	if err != nil {
		g.broken(w, r, site, err)
		return
	}
	if c, err := r.Cookie(cookieName(a.secure)); err == nil && a.Means == BySession {
		if err := g.c.Book.end(r.Context(), c.Value); err != nil {
			g.c.Log.WarnContext(r.Context(), "accounts", "error", err.Error())
		}
	}
	g.c.Log.InfoContext(r.Context(), "sign-in", "user", user.Name, "role", user.Role, "from", a.Address)
	setCookie(w, a.secure, secret)
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, next, http.StatusSeeOther)
}

func (g *Guard) logout(w http.ResponseWriter, r *http.Request, site Site) {
	a := of(r.Context())
	if c, err := r.Cookie(cookieName(a.secure)); err == nil && a.Means == BySession {
		if err := g.c.Book.end(r.Context(), c.Value); err != nil {
			g.broken(w, r, site, err)
			return
		}
		g.c.Log.InfoContext(r.Context(), "sign-out", "user", a.Name, "from", a.Address)
	}
	setCookie(w, a.secure, "")
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, loginPath, http.StatusSeeOther)
}
