package account

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Config is what a Guard works with.
type Config struct {
	Book *Book
	// Open is who asks as long as there are no users, for a server that only its
	// machine can reach. Without a Role nobody may.
	Open Identity
	// Proxies are those whose word counts on where a request came from; nil: the
	// server is behind none.
	Proxies Proxies
	// TLS tells that people reach the server by TLS, whatever its requests look
	// like: cookies are for that alone.
	TLS bool
	// SignOn is another server that people sign on at; it may be nil.
	SignOn *SignOn
	Log    *slog.Logger // nil is silent
}

// Site is what a Guard stands before.
type Site struct {
	// Name and Style are the name of the site and its style sheet's address.
	Name, Style string
	// Need is the role that a request needs.
	Need func(*http.Request) Role
	// Costly are requests of which nobody makes many at once; it may be nil.
	Costly func(*http.Request) bool
	// Local are requests that need no account from the machine itself; it may be
	// nil.
	Local func(*http.Request) bool
	// Refuse answers a request that may not be.
	Refuse func(w http.ResponseWriter, r *http.Request, status int, detail string)
}

// Guard stands before a site: it finds out who asks and lets through what they
// may do. It is safe for many goroutines.
type Guard struct {
	c        Config
	closed   atomic.Bool // there were users
	names    *limits
	places   *limits
	costly   *limits
	notes    sync.WaitGroup
	noting   sync.Map // hashes of sessions and ids of tokens being noted
	noteWith context.Context
	stop     context.CancelFunc
}

// How often sign-ins are tried and costly requests made, by whom.
const (
	nameBurst   = 10
	nameEvery   = 30 * time.Second
	placeBurst  = 20
	placeEvery  = 6 * time.Second
	costlyBurst = 60
	costlyEvery = 200 * time.Millisecond
)

// NewGuard makes a Guard. Close it in the end.
func NewGuard(c Config) *Guard {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	g := &Guard{c: c, names: newLimits(nameBurst, nameEvery), places: newLimits(placeBurst, placeEvery), costly: newLimits(costlyBurst, costlyEvery)}
	g.noteWith, g.stop = context.WithCancel(context.Background())
	return g
}

// Close waits for what is being noted.
func (g *Guard) Close() {
	t := time.AfterFunc(time.Second, g.stop)
	g.notes.Wait()
	t.Stop()
	g.stop()
}

// Book is where the users are kept.
func (g *Guard) Book() *Book { return g.c.Book }

// Elsewhere reports whether people sign on at another server.
func (g *Guard) Elsewhere() bool { return g.c.SignOn != nil }

// ChangePassword gives who asks another password, if the old one is right, ends
// all sessions and begins another, whose cookie w gets. Errors are ErrDenied,
// ErrOften, ErrBusy, ErrPassword and those of the record.
func (g *Guard) ChangePassword(w http.ResponseWriter, r *http.Request, old, password string) error {
	a := of(r.Context())
	if g.names.take(a.Name, g.c.Book.now()) > 0 {
		return ErrOften
	}
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	if _, err := g.c.Book.Check(ctx, a.Name, old); err != nil {
		return err
	}
	if err := g.c.Book.SetPassword(ctx, a.Name, password); err != nil {
		return err
	}
	list, err := g.c.Book.list(ctx)
	if err != nil {
		return err
	}
	user := find(list, a.Name)
	if user == nil { // it was removed meanwhile
		return ErrDenied
	}
	secret, err := g.c.Book.begin(ctx, user)
	if err == nil {
		setCookie(w, a.secure, secret)
	}
	return err
}

// cookieName is the name of the session's cookie. Browsers take one that begins
// with __Host- by TLS only, and for this host alone.
func cookieName(secure bool) string {
	if secure {
		return "__Host-readout"
	}
	return "readout_session"
}

// Identify finds out who asks, for From and User in the handlers behind it. It
// refuses nothing.
func (g *Guard) Identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := g.identify(r)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), contextKey{}, a)))
	})
}

func (g *Guard) identify(r *http.Request) asked {
	var a asked
	a.through = forwarded(r)
	from, secure := g.c.Proxies.client(r)
	a.Address, a.secure = from, secure || g.c.TLS
	if a.open, a.err = g.open(r.Context()); a.err != nil {
		return a
	}
	if a.open {
		if !a.through {
			a.Name, a.Role, a.Means = g.c.Open.Name, g.c.Open.Role, ByMachine
		}
		return a
	}
	if r.Header.Get("Authorization") != "" {
		a.err = g.byToken(r, &a.Identity)
		return a
	}
	c, err := r.Cookie(cookieName(a.secure))
	if err != nil {
		return a
	}
	s, err := g.c.Book.session(r.Context(), c.Value)
	switch {
	case errors.Is(err, ErrDenied): // it is over
	case err != nil:
		a.err = err
	default:
		a.Name, a.Role, a.Means = s.Name, s.Role, BySession
		if g.c.Book.now().Sub(s.Seen) >= seenEvery {
			g.note(s.Hash, "")
		}
	}
	return a
}

// open reports whether there are no users and there need be none. Once there were
// some it stays closed.
func (g *Guard) open(ctx context.Context) (bool, error) {
	if g.c.Open.Role == Nobody || g.closed.Load() {
		return false, nil
	}
	list, err := g.c.Book.list(ctx)
	if len(list) > 0 {
		g.closed.Store(true)
	}
	return err == nil && len(list) == 0, err
}

// byToken finds out whose token a request has: as a bearer, or as the password of
// who knows no other way.
func (g *Guard) byToken(r *http.Request, id *Identity) error {
	kind, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	name := ""
	switch strings.ToLower(kind) {
	case "bearer":
		secret = strings.TrimSpace(secret)
	case "basic":
		var ok bool
		if name, secret, ok = r.BasicAuth(); !ok {
			return ErrDenied
		}
	default:
		return ErrDenied
	}
	a, t, err := g.c.Book.Token(r.Context(), secret)
	if err != nil {
		return err
	}
	if name != "" && !strings.EqualFold(name, a.Name) {
		return ErrDenied
	}
	id.Name, id.Role, id.Means = a.Name, a.Role, ByToken
	if st, err := g.c.Book.readState(r.Context()); err == nil && g.c.Book.now().Sub(st.Used[t.ID]) >= usedEvery {
		g.note("", t.ID)
	}
	return nil
}

// note keeps that a session or a token was used; nobody waits for it.
func (g *Guard) note(session, token string) {
	if _, is := g.noting.LoadOrStore(session+token, true); is || g.noteWith.Err() != nil {
		return
	}
	g.notes.Go(func() {
		defer g.noting.Delete(session + token)
		ctx, cancel := context.WithTimeout(g.noteWith, time.Minute)
		defer cancel()
		if err := g.c.Book.see(ctx, session, token); err != nil {
			g.c.Log.Warn("accounts", "error", err.Error())
		}
	})
}

// Handler lets through what those may do who ask, and answers for the pages where
// people sign in and out. Identify must stand before it.
func (g *Guard) Handler(site Site, next http.Handler) http.Handler {
	own := g.pages(site)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := of(r.Context())
		if _, pattern := own.Handler(r); pattern != "" && !a.open {
			own.ServeHTTP(w, r)
			return
		}
		need := site.Need(r)
		switch {
		case need <= a.Role && a.err == nil, need == Nobody:
		case site.Local != nil && site.Local(r) && g.c.Proxies == nil && !a.through && a.Address.IsLoopback():
		case a.err != nil && !errors.Is(a.err, ErrDenied):
			g.c.Log.ErrorContext(r.Context(), "accounts", "error", a.err.Error())
			site.Refuse(w, r, http.StatusServiceUnavailable, "whether you may cannot be told now")
			return
		case a.open && a.through:
			site.Refuse(w, r, http.StatusForbidden, "this came through a proxy, and the server is for its own machine: it needs users, and --behind-proxy")
			return
		case a.Role == Nobody:
			g.unknown(w, r, site)
			return
		default:
			site.Refuse(w, r, http.StatusForbidden, fmt.Sprintf("that is for who is %s; %s is %s", need, a.Name, a.Role))
			return
		}
		if site.Costly != nil && !a.open && site.Costly(r) && g.wait(w, r, site, g.costly, who(a)) {
			return
		}
		next.ServeHTTP(w, r)
	})
}

func who(a asked) string {
	if a.Name != "" {
		return "user " + a.Name
	}
	return addressKey(a.Address)
}

// wait answers who asks too often, and reports whether it did.
func (g *Guard) wait(w http.ResponseWriter, r *http.Request, site Site, l *limits, who string) bool {
	d := l.take(who, g.c.Book.now())
	if d == 0 {
		return false
	}
	w.Header().Set("Retry-After", fmt.Sprint(int(math.Ceil(d.Seconds()))))
	site.Refuse(w, r, http.StatusTooManyRequests, "that was too often; once more in "+d.Round(time.Second).String())
	return true
}

// unknown sends people to where they sign in; programs are told that they must.
func (g *Guard) unknown(w http.ResponseWriter, r *http.Request, site Site) {
	page := strings.Contains(r.Header.Get("Accept"), "text/html") && !strings.HasPrefix(r.URL.Path, "/api/") && r.Header.Get("Authorization") == ""
	if page && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, loginURL(r.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	if !page {
		w.Header().Add("WWW-Authenticate", `Bearer realm="readout"`)
		w.Header().Add("WWW-Authenticate", `Basic realm="readout", charset="UTF-8"`)
	}
	detail := "sign in first, or send a token: Authorization: Bearer readout_…"
	if of(r.Context()).err != nil {
		detail = "the token does not count: it is wrong, has expired or was removed"
	}
	site.Refuse(w, r, http.StatusUnauthorized, detail)
}

// setCookie hands out a session, "" takes it back.
func setCookie(w http.ResponseWriter, secure bool, secret string) {
	c := &http.Cookie{Name: cookieName(secure), Value: secret, Path: "/", HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode, MaxAge: int(sessionLasts.Seconds())}
	if secret == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// Loopback reports whether an address is one that only this machine reaches.
func Loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.Unmap().IsLoopback()
}
