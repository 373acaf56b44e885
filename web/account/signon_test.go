package account

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// issuer is a server of OpenID Connect that lets everybody in.
type issuer struct {
	*httptest.Server
	t      *testing.T
	key    *rsa.PrivateKey
	now    func() time.Time
	asked  url.Values             // what it was asked for last
	claims map[string]any         // of who signs on
	bend   func(c map[string]any) // what is wrong with its token
	signer *rsa.PrivateKey        // with what it signs; nil is key
}

func newIssuer(t *testing.T, now func() time.Time) *issuer {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	s := &issuer{t: t, key: key, now: now}
	mux := http.NewServeMux()
	answer := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(v); err != nil {
			t.Error(err)
		}
	}
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"issuer": s.URL, "authorization_endpoint": s.URL + "/auth", "token_endpoint": s.URL + "/token", "jwks_uri": s.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: &key.PublicKey, KeyID: "k", Algorithm: "RS256", Use: "sig"}}})
	})
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, r *http.Request) {
		sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
		if r.FormValue("code") != "the-code" || base64.RawURLEncoding.EncodeToString(sum[:]) != s.asked.Get("code_challenge") || s.asked.Get("code_challenge_method") != "S256" {
			http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
			return
		}
		answer(w, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": s.token()})
	})
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func (s *issuer) token() string {
	c := map[string]any{"iss": s.URL, "aud": "readout", "sub": "17", "nonce": s.asked.Get("nonce"), "iat": s.now().Unix(), "exp": s.now().Add(time.Hour).Unix()}
	for k, v := range s.claims {
		c[k] = v
	}
	if s.bend != nil {
		s.bend(c)
	}
	key := s.key
	if s.signer != nil {
		key = s.signer
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: "k"}}, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	body, err := json.Marshal(c)
	if err != nil {
		s.t.Fatal(err)
	}
	signed, err := signer.Sign(body)
	if err != nil {
		s.t.Fatal(err)
	}
	out, err := signed.CompactSerialize()
	if err != nil {
		s.t.Fatal(err)
	}
	return out
}

// TestSignOn: who comes in from an issuer, as whom, and who does not.
func TestSignOn(t *testing.T) {
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	mail := func(address string, verified bool, roles any) map[string]any {
		return map[string]any{"email": address, "email_verified": verified, "roles": roles}
	}
	for _, c := range []struct {
		name   string
		claim  string
		claims map[string]any
		bend   func(map[string]any)
		signer *rsa.PrivateKey
		answer func(url.Values) // what the browser brings back
		status int
		user   string // and role
	}{
		{name: "a role in a list", claim: "roles", claims: mail("Zoe@example.org", true, []any{"other", "editor", "reader"}), status: 303, user: "zoe@example.org editor"},
		{name: "a role in a word", claim: "roles", claims: mail("zoe@example.org", true, "reader"), status: 303, user: "zoe@example.org reader"},
		{name: "an address that is not verified", claim: "roles", claims: mail("zoe@example.org", false, "reader"), status: 303, user: "sub:17@"},
		{name: "no role", claim: "roles", claims: mail("zoe@example.org", true, "user"), status: 403},
		{name: "no claim", claim: "", claims: mail("zoe@example.org", true, "admin"), status: 403},
		{name: "a user of the record", claim: "", claims: mail("known@example.org", true, nil), status: 303, user: "known@example.org editor"},
		{name: "a user of the record, whatever the claim", claim: "roles", claims: mail("known@example.org", true, "admin"), status: 303, user: "known@example.org editor"},
		{name: "a user of the record, not verified", claim: "", claims: mail("known@example.org", false, nil), status: 403},
		{name: "a user with a password", claim: "roles", claims: mail("admin", true, "admin"), status: 403},
		{name: "another's token", claim: "roles", claims: mail("zoe@example.org", true, "reader"), bend: func(c map[string]any) { c["aud"] = "other" }, status: 503},
		{name: "another issuer's token", claim: "roles", claims: mail("zoe@example.org", true, "reader"), bend: func(c map[string]any) { c["iss"] = "https://evil.example" }, status: 503},
		{name: "a token of old", claim: "roles", claims: mail("zoe@example.org", true, "reader"), bend: func(c map[string]any) { c["exp"] = c["iat"].(int64) - 1 }, status: 503},
		{name: "a token of another sign-on", claim: "roles", claims: mail("zoe@example.org", true, "reader"), bend: func(c map[string]any) { c["nonce"] = "x" }, status: 503},
		{name: "another key", claim: "roles", claims: mail("zoe@example.org", true, "reader"), signer: other, status: 503},
		{name: "another state", claim: "roles", claims: mail("zoe@example.org", true, "reader"), answer: func(v url.Values) { v.Set("state", "x") }, status: 400},
		{name: "another code", claim: "roles", claims: mail("zoe@example.org", true, "reader"), answer: func(v url.Values) { v.Set("code", "x") }, status: 503},
		{name: "an answer of another issuer", claim: "roles", claims: mail("zoe@example.org", true, "reader"), answer: func(v url.Values) { v.Set("iss", "https://evil.example") }, status: 400},
		{name: "an error", claim: "roles", answer: func(v url.Values) { v.Set("error", "access_denied") }, status: 401},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, now, _ := bookOf(t)
			if err := b.Add(t.Context(), "known@example.org", Editor, ""); err != nil {
				t.Fatal(err)
			}
			s := newIssuer(t, now.now)
			s.claims, s.bend, s.signer = c.claims, c.bend, c.signer
			h := site(t, NewGuard(Config{Book: b, SignOn: &SignOn{Issuer: s.URL, Client: "readout", Secret: "secret", RoleClaim: c.claim}}))
			w := request{method: "GET", target: "/login/oidc?next=/page"}.send(t, h)
			to, err := url.Parse(w.Header().Get("Location"))
			if w.Code != http.StatusSeeOther || err != nil || !strings.HasPrefix(to.String(), s.URL+"/auth?") {
				t.Fatalf("it begins with %d to %s: %s", w.Code, to, w.Body)
			}
			s.asked = to.Query()
			if got := s.asked.Get("redirect_uri"); got != "http://example.com/login/oidc/callback" {
				t.Errorf("back to %s", got)
			}
			cookie := w.Result().Cookies()[0]
			back := url.Values{"code": {"the-code"}, "state": {s.asked.Get("state")}, "iss": {s.URL}}
			if c.answer != nil {
				c.answer(back)
			}
			w = request{method: "GET", target: "/login/oidc/callback?" + back.Encode(), header: []string{"Cookie", cookie.Name + "=" + cookie.Value}}.send(t, h)
			if w.Code != c.status {
				t.Fatalf("%d, want %d: %s", w.Code, c.status, w.Body)
			}
			if c.user == "" {
				return
			}
			if w.Header().Get("Location") != "/page" {
				t.Errorf("on to %s", w.Header().Get("Location"))
			}
			session := ""
			for _, x := range w.Result().Cookies() {
				if x.Name == cookieName(false) {
					session = x.Name + "=" + x.Value
				}
			}
			ask := request{method: "GET", target: "/page", header: []string{"Cookie", session}}
			if w := ask.send(t, h); !strings.HasPrefix(w.Body.String(), c.user) {
				t.Errorf("it is %s, want %s", w.Body, c.user)
			}
			now.add(elsewhereLasts)
			if w := ask.send(t, h); (w.Code == 200) != (strings.HasPrefix(c.user, "known")) {
				t.Errorf("hours later: %d", w.Code)
			}
		})
	}
}

// TestIssuerAway: an issuer that does not answer keeps nobody out but those who
// sign on there.
func TestIssuerAway(t *testing.T) {
	b, _, _ := bookOf(t)
	h := site(t, NewGuard(Config{Book: b, SignOn: &SignOn{Issuer: "http://127.0.0.1:1", Client: "readout"}}))
	if w := (request{method: "GET", target: "/login/oidc"}).send(t, h); w.Code != http.StatusServiceUnavailable {
		t.Errorf("%d", w.Code)
	}
	if w := (request{method: "GET", target: "/login"}).send(t, h); !strings.Contains(w.Body.String(), "Sign on at 127.0.0.1:1") {
		t.Errorf("%s", w.Body)
	}
	signIn(t, h, "reader")
}
