package account

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// SignOn is a server of OpenID Connect where people sign on: the code flow, with
// PKCE, a state and a nonce.
type SignOn struct {
	// Issuer is its address, https://…, where its configuration is found.
	Issuer string
	// Client and Secret are what this server is there; a public client has no
	// secret.
	Client, Secret string
	// RoleClaim names the claim, a word or a list of words, that has "reader",
	// "editor" or "admin". Without it those come in whom the record has as a user
	// without a password, under their verified address of e-mail.
	RoleClaim string
	// Base is the address by which people reach this server; "": as they call it.
	Base string
	// HTTP asks the issuer; nil is a client with a limit of ten seconds.
	HTTP *http.Client

	mu       sync.Mutex
	provider *oidc.Provider
}

func (s *SignOn) host() string {
	if u, err := url.Parse(s.Issuer); err == nil && u.Host != "" {
		return u.Host
	}
	return s.Issuer
}

func (s *SignOn) client() *http.Client {
	if s.HTTP != nil {
		return s.HTTP
	}
	return &http.Client{Timeout: 10 * time.Second}
}

// Provider finds the issuer, once: when it does not answer it is asked again the
// next time.
func (s *SignOn) discover(ctx context.Context) (*oidc.Provider, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.provider == nil {
		// The provider asks for keys later, when ctx has ended.
		p, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), s.client()), s.Issuer)
		if err != nil {
			return nil, fmt.Errorf("issuer %s: %w", s.Issuer, err)
		}
		s.provider = p
	}
	return s.provider, nil
}

func (s *SignOn) config(p *oidc.Provider, r *http.Request) *oauth2.Config {
	base := "http://" + r.Host
	if of(r.Context()).secure {
		base = "https://" + r.Host
	}
	return &oauth2.Config{
		ClientID: s.Client, ClientSecret: s.Secret, Endpoint: p.Endpoint(), RedirectURL: cmp.Or(s.Base, base) + callbackPath,
		Scopes: []string{oidc.ScopeOpenID, "email", "profile"},
	}
}

// flow is a sign-on that has begun, as the browser keeps it meanwhile.
type flow struct{ state, nonce, verifier, next string }

const flowLasts = 10 * time.Minute

func flowCookie(secure bool) string {
	if secure {
		return "__Host-readout-signon"
	}
	return "readout_signon"
}

func (f flow) String() string {
	return url.Values{"s": {f.state}, "n": {f.nonce}, "v": {f.verifier}, "to": {f.next}}.Encode()
}

func parseFlow(s string) (flow, error) {
	v, err := url.ParseQuery(s)
	f := flow{v.Get("s"), v.Get("n"), v.Get("v"), safeNext(v.Get("to"))}
	if err != nil || len(f.state) < 20 || len(f.nonce) < 20 || len(f.verifier) < 43 {
		return flow{}, errors.New("no sign-on has begun")
	}
	return f, nil
}

func setFlow(w http.ResponseWriter, secure bool, f *flow) {
	c := &http.Cookie{Name: flowCookie(secure), Path: "/", HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode, MaxAge: -1}
	if f != nil {
		c.Value, c.MaxAge = f.String(), int(flowLasts.Seconds())
	}
	http.SetCookie(w, c)
}

// signOn sends people to the issuer.
func (g *Guard) signOn(w http.ResponseWriter, r *http.Request, site Site) {
	a := of(r.Context())
	if g.wait(w, r, site, g.places, addressKey(a.Address)) {
		return
	}
	p, err := g.c.SignOn.discover(r.Context())
	if err != nil {
		g.broken(w, r, site, err)
		return
	}
	f := flow{rand.Text(), rand.Text(), oauth2.GenerateVerifier(), safeNext(r.URL.Query().Get("next"))}
	setFlow(w, a.secure, &f)
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, g.c.SignOn.config(p, r).AuthCodeURL(f.state, oidc.Nonce(f.nonce), oauth2.S256ChallengeOption(f.verifier)), http.StatusSeeOther)
}

// callback takes back who comes from the issuer.
func (g *Guard) callback(w http.ResponseWriter, r *http.Request, site Site) {
	a := of(r.Context())
	q := r.URL.Query()
	c, err := r.Cookie(flowCookie(a.secure))
	var f flow
	if err == nil {
		f, err = parseFlow(c.Value)
	}
	if err != nil || subtle.ConstantTimeCompare([]byte(f.state), []byte(q.Get("state"))) != 1 {
		site.Refuse(w, r, http.StatusBadRequest, "this sign-on did not begin here, or took too long; try again")
		return
	}
	setFlow(w, a.secure, nil)
	if iss := q.Get("iss"); iss != "" && iss != g.c.SignOn.Issuer {
		site.Refuse(w, r, http.StatusBadRequest, "the answer is of another issuer")
		return
	}
	if e := q.Get("error"); e != "" {
		g.c.Log.WarnContext(r.Context(), "sign-on refused", "issuer", g.c.SignOn.Issuer, "error", e)
		g.show(w, r, site, http.StatusUnauthorized, loginView{Next: f.next, Wrong: g.c.SignOn.host() + " did not let you in."})
		return
	}
	user, err := g.told(r, f, q.Get("code"))
	switch {
	case errors.Is(err, ErrDenied):
		g.c.Log.WarnContext(r.Context(), "sign-on refused", "issuer", g.c.SignOn.Issuer, "error", err.Error())
		g.show(w, r, site, http.StatusForbidden, loginView{Next: f.next, Wrong: "You are known at " + g.c.SignOn.host() + ", and have no role here."})
	case err != nil:
		g.broken(w, r, site, fmt.Errorf("sign-on: %w", err))
	default:
		g.enter(w, r, site, user, f.next)
	}
}

// told gives the user of whom the issuer tells.
func (g *Guard) told(r *http.Request, f flow, code string) (*Account, error) {
	s := g.c.SignOn
	ctx := oidc.ClientContext(r.Context(), s.client())
	p, err := s.discover(ctx)
	if err != nil {
		return nil, err
	}
	tok, err := s.config(p, r).Exchange(ctx, code, oauth2.VerifierOption(f.verifier))
	if err != nil {
		return nil, err
	}
	raw, ok := tok.Extra("id_token").(string)
	if !ok {
		return nil, errors.New("the issuer gave no token of who it is")
	}
	id, err := p.Verifier(&oidc.Config{ClientID: s.Client, Now: g.c.Book.now}).Verify(ctx, raw)
	if err != nil {
		return nil, err
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(f.nonce)) != 1 {
		return nil, errors.New("the token is of another sign-on")
	}
	claims := map[string]any{}
	if err := id.Claims(&claims); err != nil {
		return nil, err
	}
	list, err := g.c.Book.list(ctx)
	if err != nil {
		return nil, err
	}
	return s.admit(id.Subject, claims, list)
}

// admit finds the user of a subject and its claims, or ErrDenied.
func (s *SignOn) admit(subject string, claims map[string]any, list []Account) (*Account, error) {
	name := ""
	if verified, _ := claims["email_verified"].(bool); verified {
		email, _ := claims["email"].(string)
		name, _ = ParseName(email) // "" when it is none
	}
	if a := find(list, name); a != nil && name != "" {
		if a.Hash != "" {
			return nil, fmt.Errorf("%w: %s has a password here", ErrDenied, name)
		}
		out := *a
		return &out, nil
	}
	role := roleIn(claims[s.RoleClaim])
	if s.RoleClaim == "" || role == Nobody {
		return nil, fmt.Errorf("%w: no role for subject %q", ErrDenied, subject)
	}
	if name == "" { // a subject is unique to its issuer; no local user has such a name
		name = "sub:" + subject + "@" + s.host()
	}
	return &Account{Name: name, Role: role}, nil
}

// roleIn is the highest role that a claim has.
func roleIn(claim any) Role {
	var words []string
	switch c := claim.(type) {
	case string:
		words = strings.Fields(c)
	case []any:
		for _, x := range c {
			if w, ok := x.(string); ok {
				words = append(words, w)
			}
		}
	}
	for r := Admin; r > Nobody; r-- {
		if slices.Contains(words, r.String()) {
			return r
		}
	}
	return Nobody
}
