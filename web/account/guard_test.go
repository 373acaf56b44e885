package account

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// site is one with a page for each role; it tells who asks.
func site(tb testing.TB, g *Guard) http.Handler {
	tb.Helper()
	tb.Cleanup(g.Close)
	return g.Identify(http.NewCrossOriginProtection().Handler(g.Handler(Site{
		Name: "test", Style: "/static/style.css",
		Need: func(r *http.Request) Role {
			switch r.URL.Path {
			case "/open":
				return Nobody
			case "/edit":
				return Editor
			case "/admin", "/metrics":
				return Admin
			}
			return Reader
		},
		Costly: func(r *http.Request) bool { return r.URL.Path == "/costly" },
		Local:  func(r *http.Request) bool { return r.URL.Path == "/metrics" },
		Refuse: func(w http.ResponseWriter, _ *http.Request, status int, detail string) { http.Error(w, detail, status) },
	}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%s %s", User(r.Context()), From(r.Context()).Role)
	}))))
}

type request struct {
	method, target, remote, body string
	header                       []string
}

func (q request) send(tb testing.TB, h http.Handler) *httptest.ResponseRecorder {
	tb.Helper()
	r := httptest.NewRequest(q.method, q.target, strings.NewReader(q.body))
	r.RemoteAddr = q.remote
	if q.remote == "" {
		r.RemoteAddr = "203.0.113.9:1234"
	}
	if q.body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(q.header); i += 2 {
		r.Header.Set(q.header[i], q.header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// signIn gives the session's cookie of a user, as a field of a request.
func signIn(tb testing.TB, h http.Handler, name string) string {
	tb.Helper()
	w := request{method: http.MethodPost, target: "/login", body: url.Values{"name": {name}, "password": {password}, "next": {"/page?x=1"}}.Encode()}.send(tb, h)
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/page?x=1" {
		tb.Fatalf("sign-in of %s: %d to %q: %s", name, w.Code, w.Header().Get("Location"), w.Body)
	}
	c := w.Result().Cookies()[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Secure {
		tb.Errorf("the cookie is %v", c)
	}
	return c.Name + "=" + c.Value
}

// TestGuard: what each may do, known by session and by token.
func TestGuard(t *testing.T) {
	b, _, _ := bookOf(t)
	h := site(t, NewGuard(Config{Book: b, Open: Identity{Name: "me", Role: Editor}}))
	as := map[Role][][]string{Nobody: {nil, {"Cookie", "readout_session=ABCDEFGHIJKLMNOPQRSTUVWXYZ"}, {"Authorization", "Bearer readout_abcdefgh_ABCDEFGHIJKLMNOPQRSTUVWXYZ"}}}
	for _, name := range RoleNames() {
		role, _ := ParseRole(name)
		secret, _, err := b.AddToken(t.Context(), name, Token{Role: role})
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.SetBasicAuth(name, secret)
		as[role] = [][]string{{"Cookie", signIn(t, h, name)}, {"Authorization", "Bearer " + secret}, {"Authorization", r.Header.Get("Authorization")}}
	}
	for path, need := range map[string]Role{"/open": Nobody, "/page": Reader, "/edit": Editor, "/admin": Admin, "/metrics": Admin} {
		for role, ways := range as {
			for _, header := range ways {
				w := request{method: http.MethodGet, target: path, header: header}.send(t, h)
				want := http.StatusOK
				switch {
				case role == Nobody && need > Nobody:
					want = http.StatusUnauthorized
				case role < need:
					want = http.StatusForbidden
				}
				if w.Code != want {
					t.Errorf("%s of %v (%v): %d, want %d: %s", path, role, header, w.Code, want, w.Body)
				}
				if want == http.StatusOK && role > Nobody && w.Body.String() != role.String()+" "+role.String() {
					t.Errorf("%s of %v: it is %s", path, role, w.Body)
				}
			}
		}
	}
	for name, c := range map[string]struct {
		request
		status int
		where  string
	}{
		"a page, in a browser":          {request{"GET", "/page?x=1", "", "", []string{"Accept", "text/html"}}, 303, "/login?next=%2Fpage%3Fx%3D1"},
		"a page of an API":              {request{"GET", "/api/v1/x", "", "", []string{"Accept", "text/html"}}, 401, ""},
		"a post, in a browser":          {request{"POST", "/page", "", "x=1", []string{"Accept", "text/html"}}, 401, ""},
		"a post from another site":      {request{"POST", "/edit", "", "x=1", append([]string{"Origin", "http://evil.example", "Sec-Fetch-Site", "cross-site"}, as[Editor][0]...)}, 403, ""},
		"a sign-in from another site":   {request{"POST", "/login", "", "name=reader&password=four+words+are+enough", []string{"Sec-Fetch-Site", "cross-site"}}, 403, ""},
		"a sign-out from another site":  {request{"POST", "/logout", "", "x=1", []string{"Origin", "http://evil.example"}}, 403, ""},
		"a sign-out by a link":          {request{"GET", "/logout", "", "", as[Editor][0]}, 200, ""}, // no such page: the site answers
		"a token of another user":       {request{"GET", "/page", "", "", []string{"Authorization", "Basic YW5uYTp4"}}, 401, ""},
		"a broken session and a token":  {request{"GET", "/page", "", "", append([]string{"Cookie", "readout_session=x"}, as[Reader][1]...)}, 200, ""},
		"metrics, from the machine":     {request{"GET", "/metrics", "127.0.0.1:1", "", nil}, 200, ""},
		"metrics, through a proxy":      {request{"GET", "/metrics", "127.0.0.1:1", "", []string{"X-Forwarded-For", "127.0.0.1"}}, 401, ""},
		"a form that is too long":       {request{"POST", "/login", "", "name=" + strings.Repeat("x", maxLogin), nil}, 400, ""},
		"the page where one signs in":   {request{"GET", "/login", "", "", nil}, 200, ""},
		"it, when one has":              {request{"GET", "/login?next=/page", "", "", as[Reader][0]}, 303, "/page"},
		"it, and then to another site":  {request{"GET", "/login?next=//evil.example", "", "", as[Reader][0]}, 303, "/"},
		"a password that is not theirs": {request{"POST", "/login", "", "name=reader&password=wrong", nil}, 401, ""},
		"a name that nobody has":        {request{"POST", "/login", "", "name=<b>&password=wrong", nil}, 401, ""},
		"the sign-on that there is not": {request{"GET", "/login/oidc", "", "", as[Reader][0]}, 200, ""},
	} {
		w := c.send(t, h)
		if w.Code != c.status || w.Header().Get("Location") != c.where {
			t.Errorf("%s: %d to %q, want %d to %q: %s", name, w.Code, w.Header().Get("Location"), c.status, c.where, w.Body)
		}
		if w.Code == http.StatusUnauthorized && c.method == "GET" && w.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("%s: it is not told how", name)
		}
		if strings.Contains(w.Body.String(), "<b>") || strings.Contains(w.Body.String(), "<script") {
			t.Errorf("%s: what was typed is markup", name)
		}
	}
	// Once signed out, the session is over for all who have it.
	cookie := as[Editor][0]
	if w := (request{"POST", "/logout", "", "x=1", cookie}).send(t, h); w.Code != http.StatusSeeOther || !strings.Contains(w.Header().Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("sign-out: %d, %q", w.Code, w.Header().Get("Set-Cookie"))
	}
	if w := (request{"GET", "/edit", "", "", cookie}).send(t, h); w.Code != http.StatusUnauthorized {
		t.Errorf("after the sign-out: %d", w.Code)
	}
}

// TestOpen: a server without users lets its machine in and nobody else, until
// there are users; then it stays closed.
func TestOpen(t *testing.T) {
	m := &memory{values: map[string]string{}}
	b := NewBook(m)
	b.hasher.params = params{64, 1, 1}
	h := site(t, NewGuard(Config{Book: b, Open: Identity{Name: "me", Role: Editor}}))
	shut := site(t, NewGuard(Config{Book: b}))
	here := request{method: "GET", target: "/edit", remote: "127.0.0.1:1"}
	proxied := request{method: "GET", target: "/page", remote: "127.0.0.1:1", header: []string{"X-Forwarded-For", "203.0.113.9"}}
	if w := here.send(t, h); w.Code != http.StatusOK || w.Body.String() != "me editor" {
		t.Errorf("from the machine: %d %s", w.Code, w.Body)
	}
	if w := proxied.send(t, h); w.Code != http.StatusForbidden {
		t.Errorf("through a proxy: %d", w.Code)
	}
	if w := here.send(t, shut); w.Code != http.StatusUnauthorized {
		t.Errorf("of a server that must have users: %d", w.Code)
	}
	if w := (request{method: "GET", target: "/login"}).send(t, shut); !strings.Contains(w.Body.String(), "readout user add") {
		t.Errorf("where one signs in: %s", w.Body)
	}
	if err := b.Add(t.Context(), "anna", Reader, password); err != nil {
		t.Fatal(err)
	}
	if w := here.send(t, h); w.Code != http.StatusUnauthorized {
		t.Errorf("with a user: %d", w.Code)
	}
	if err := b.Remove(t.Context(), "anna"); err != nil {
		t.Fatal(err)
	}
	if w := here.send(t, h); w.Code != http.StatusUnauthorized {
		t.Errorf("when the user is gone: %d", w.Code)
	}
	m.broken = errors.New("the disk is gone")
	for path, want := range map[string]int{"/page": 503, "/open": 200} {
		if w := (request{method: "GET", target: path}).send(t, site(t, NewGuard(Config{Book: b, Open: Identity{Name: "me", Role: Editor}}))); w.Code != want {
			t.Errorf("%s without a record: %d", path, w.Code)
		}
	}
}

// TestSecure: by TLS, or through a proxy that says so, the cookie is for TLS alone.
func TestSecure(t *testing.T) {
	b, _, _ := bookOf(t)
	h := site(t, NewGuard(Config{Book: b, Proxies: loopbacks}))
	q := request{"POST", "/login", "127.0.0.1:1", "name=reader&password=" + url.QueryEscape(password), []string{"X-Forwarded-Proto", "https", "X-Forwarded-For", "203.0.113.1"}}
	c := q.send(t, h).Result().Cookies()
	if len(c) != 1 || !c[0].Secure || c[0].Name != "__Host-readout" {
		t.Fatalf("cookies: %v", c)
	}
	for proto, want := range map[string]int{"https": 200, "http": 401} {
		if w := (request{"GET", "/page", "127.0.0.1:1", "", []string{"X-Forwarded-Proto", proto, "Cookie", c[0].Name + "=" + c[0].Value}}).send(t, h); w.Code != want {
			t.Errorf("by %s: %d", proto, w.Code)
		}
	}
}

// TestPublicTLS: where people reach the server by TLS, its cookie is for TLS alone,
// though what comes before it does not say so.
func TestPublicTLS(t *testing.T) {
	b, _, _ := bookOf(t)
	h := site(t, NewGuard(Config{Book: b, TLS: true}))
	c := request{method: "POST", target: "/login", body: "name=reader&password=" + url.QueryEscape(password)}.send(t, h).Result().Cookies()
	if len(c) != 1 || !c[0].Secure || c[0].Name != "__Host-readout" {
		t.Fatalf("cookies: %v", c)
	}
	if w := (request{method: "GET", target: "/page", header: []string{"Cookie", c[0].Name + "=" + c[0].Value}}).send(t, h); w.Code != http.StatusOK {
		t.Errorf("with it: %d", w.Code)
	}
}

// TestTooOften: who tries passwords must wait, from one address and for one name;
// costly pages are not had without end.
func TestTooOften(t *testing.T) {
	b, now, _ := bookOf(t)
	h := site(t, NewGuard(Config{Book: b}))
	try := func(name string, from int) int {
		w := request{"POST", "/login", fmt.Sprintf("203.0.113.%d:1", from), "name=" + name + "&password=wrong", nil}.send(t, h)
		if w.Code == http.StatusTooManyRequests && w.Header().Get("Retry-After") == "" {
			t.Error("it is not told how long")
		}
		return w.Code
	}
	for i := range 60 {
		if code := try(fmt.Sprintf("name%d", i), 1); (code == 429) != (i >= placeBurst) {
			t.Errorf("try %d from one address: %d", i, code)
		}
	}
	for i := range 20 {
		if code := try("Admin", 10+i); (code == 429) != (i >= nameBurst) {
			t.Errorf("try %d for one name: %d", i, code)
		}
	}
	now.add(nameEvery)
	if code := try("admin", 99); code != 401 {
		t.Errorf("later: %d", code)
	}
	cookie := signIn(t, h, "reader")
	for i := range 2 * costlyBurst {
		w := request{"GET", "/costly", "", "", []string{"Cookie", cookie}}.send(t, h)
		if (w.Code == 429) != (i >= costlyBurst) {
			t.Errorf("costly page %d: %d", i, w.Code)
		}
	}
	if w := (request{"GET", "/page", "", "", []string{"Cookie", cookie}}).send(t, h); w.Code != 200 {
		t.Errorf("another page: %d", w.Code)
	}
}

// TestNoted: when sessions and tokens are used is kept, now and then.
func TestNoted(t *testing.T) {
	b, now, _ := bookOf(t)
	g := NewGuard(Config{Book: b})
	h := site(t, g)
	secret, tok, err := b.AddToken(t.Context(), "editor", Token{Role: Reader})
	if err != nil {
		t.Fatal(err)
	}
	cookie := signIn(t, h, "editor")
	now.add(20 * time.Hour)
	for range 3 {
		request{"GET", "/page", "", "", []string{"Authorization", "Bearer " + secret}}.send(t, h)
		request{"GET", "/page", "", "", []string{"Cookie", cookie}}.send(t, h)
		g.notes.Wait()
	}
	now.add(20 * time.Hour)
	if w := (request{"GET", "/page", "", "", []string{"Cookie", cookie}}).send(t, h); w.Code != 200 {
		t.Errorf("a session that was used: %d", w.Code)
	}
	g.notes.Wait()
	list, err := b.Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		for _, x := range a.Tokens {
			if x.ID == tok.ID && !x.Used.Equal(now.now().Add(-20*time.Hour)) {
				t.Errorf("the token was used at %v", x.Used)
			}
		}
	}
}

// TestConstantTime: a name that nobody has takes as much work as one that somebody
// has. What is counted is hashes, not time, which a busy machine bends.
func TestConstantTime(t *testing.T) {
	b := NewBook(&memory{values: map[string]string{}})
	if err := b.Add(t.Context(), "anna", Reader, password); err != nil {
		t.Fatal(err)
	}
	list, err := b.list(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h, err := parseHash(list[0].Hash)
	if err != nil {
		t.Fatal(err)
	}
	if n := b.hasher.nobody(); n.params != h.params || len(n.key) != len(h.key) || len(n.salt) != len(h.salt) {
		t.Errorf("nobody costs %+v, somebody %+v", n, h)
	}
	if h.memory != 64<<10 || h.time != 1 || h.lanes != 4 {
		t.Errorf("a hash costs %+v", h.params)
	}
}

// TestLoginPage: it is a page as all are, without scripts or styles of its own.
func TestLoginPage(t *testing.T) {
	b, _, _ := bookOf(t)
	h := site(t, NewGuard(Config{Book: b}))
	w := request{method: "GET", target: "/login?next=/page"}.send(t, h)
	body, _ := io.ReadAll(w.Result().Body)
	for _, want := range []string{`<h1>Sign in</h1>`, `autocomplete="current-password"`, `name="next" value="/page"`, `href="/static/style.css"`, `<label for="name">`} {
		if !strings.Contains(string(body), want) {
			t.Errorf("the page lacks %s:\n%s", want, body)
		}
	}
	for _, bad := range []string{"<script", " style=", "<style", " onclick"} {
		if strings.Contains(string(body), bad) {
			t.Errorf("the page has %s", bad)
		}
	}
	if w.Header().Get("Cache-Control") != "no-store" {
		t.Error("the page may be kept")
	}
}
