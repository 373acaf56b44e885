package web_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"readout/record"
	"readout/web"
	"readout/web/account"
)

const secret = "some words together"

// guarded is a server with users: ada and eve are admins, rita is a reader.
func guarded(t testing.TB) (*web.Server, *account.Book) {
	t.Helper()
	l, err := record.Open(t.Context(), record.Config{Store: record.NewMemory()})
	if err != nil {
		t.Fatal(err)
	}
	b := account.NewBook(l)
	for name, role := range map[string]account.Role{"ada": account.Admin, "eve": account.Admin, "rita": account.Reader} {
		if err := b.Add(t.Context(), name, role, secret); err != nil {
			t.Fatal(err)
		}
	}
	g := account.NewGuard(account.Config{Book: b})
	t.Cleanup(g.Close)
	return web.New(web.Config{Ledger: l, Guard: g, Name: "talks.db"}), b
}

// enter signs somebody in, and gives the cookie as a field of requests.
func enter(t testing.TB, h http.Handler, name, password string) []string {
	t.Helper()
	w := submit(t, h, "/login", url.Values{"name": {name}, "password": {password}})
	if w.Code != http.StatusSeeOther || len(w.Result().Cookies()) != 1 {
		t.Fatalf("%s does not come in: %d", name, w.Code)
	}
	c := w.Result().Cookies()[0]
	return []string{"Cookie", c.Name + "=" + c.Value}
}

// TestUsers: an admin adds, changes and removes users on a page; the last admin
// stays, and neither a token nor a page of another site changes anything.
func TestUsers(t *testing.T) {
	h, b := guarded(t)
	ada := enter(t, h, "ada", secret)
	act := func(who []string, form ...string) (int, string) {
		t.Helper()
		f := url.Values{}
		for i := 0; i+1 < len(form); i += 2 {
			f.Set(form[i], form[i+1])
		}
		w := submit(t, h, "/users", f, who...)
		if w.Code == http.StatusSeeOther {
			return w.Code, get(t, h, w.Header().Get("Location"), who...).Body.String()
		}
		return w.Code, html.UnescapeString(w.Body.String())
	}
	users := func() map[string]account.Listing {
		t.Helper()
		list, err := b.List(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]account.Listing{}
		for _, u := range list {
			out[u.Name] = u
		}
		return out
	}
	body := get(t, h, "/users", ada...).Body.String()
	if !strings.Contains(body, `<strong>rita</strong>`) || !strings.Contains(body, `<a href="/users">Users</a>`) || strings.Contains(body, "argon2") {
		t.Fatalf("the page of users: %s", body)
	}
	if code, body := act(ada, "do", "add", "name", "Ben", "role", "editor", "password", secret); code != http.StatusSeeOther || !strings.Contains(body, "Ben is editor.") || users()["ben"].Role != account.Editor {
		t.Errorf("add: %d %s", code, body)
	}
	code, body := act(ada, "do", "add", "name", "cleo", "role", "reader")
	made := regexp.MustCompile(`The password of cleo: <code>([^<]+)</code>`).FindStringSubmatch(body)
	if code != http.StatusOK || made == nil {
		t.Fatalf("a password that is made: %d %s", code, body)
	}
	cleo := enter(t, h, "cleo", made[1])
	for _, c := range []struct{ name, want string }{{"ben", "there is a user"}, {"b b", "not a name"}} {
		if code, body := act(ada, "do", "add", "name", c.name, "role", "reader"); code != http.StatusUnprocessableEntity || !strings.Contains(strings.ToLower(body), c.want) || strings.Contains(body, "not shown again") {
			t.Errorf("add %s: %d %.900s", c.name, code, body)
		}
	}
	if code, body := act(ada, "do", "add", "name", "dan", "role", "reader", "password", "short"); code != http.StatusUnprocessableEntity || !strings.Contains(body, "10 characters") || !strings.Contains(body, `value="dan"`) {
		t.Errorf("a short password: %d", code)
	}
	if code, _ := act(ada, "do", "role", "name", "cleo", "role", "editor"); code != http.StatusSeeOther || users()["cleo"].Role != account.Editor {
		t.Errorf("role: %d", code)
	}
	if w := get(t, h, "/account", cleo...); w.Code != http.StatusSeeOther {
		t.Errorf("a session outlives another role: %d", w.Code)
	}
	ben := enter(t, h, "ben", secret)
	if code, body := act(ada, "do", "logout", "name", "ben"); code != http.StatusSeeOther || !strings.Contains(body, "1 session of ben ended") || get(t, h, "/", ben...).Code != http.StatusSeeOther {
		t.Errorf("logout: %d", code)
	}
	if code, body := act(ada, "do", "password", "name", "ben"); code != http.StatusOK || !strings.Contains(body, "The password of ben: <code>") {
		t.Errorf("password: %d", code)
	}
	token, kept, err := b.AddToken(t.Context(), "eve", account.Token{Label: "x", Role: account.Admin})
	if err != nil {
		t.Fatal(err)
	}
	bearer := []string{"Authorization", "Bearer " + token}
	if code, _ := act(bearer, "do", "add", "name", "mallory", "role", "admin"); code != http.StatusForbidden {
		t.Errorf("a token makes users: %d", code)
	}
	if w := submit(t, h, "/account", url.Values{"do": {"token"}, "role": {"admin"}, "days": {"never"}}, bearer...); w.Code != http.StatusForbidden {
		t.Errorf("a token makes tokens: %d", w.Code)
	}
	if v := get(t, h, "/users.json", append(bearer, "Accept", "application/json")...); v.Code != http.StatusOK || !strings.Contains(v.Body.String(), `"name": "rita"`) || strings.Contains(v.Body.String(), "hash") {
		t.Errorf("as JSON: %d %s", v.Code, v.Body)
	}
	if code, _ := act(append(ada, "Sec-Fetch-Site", "cross-site"), "do", "remove", "name", "rita", "sure", "1"); code != http.StatusForbidden {
		t.Errorf("a page of another site removes a user: %d", code)
	}
	if code, _ := act(enter(t, h, "rita", secret), "do", "role", "name", "rita", "role", "admin"); code != http.StatusForbidden {
		t.Errorf("a reader makes an admin of herself: %d", code)
	}
	if code, _ := act(ada, "do", "token-rm", "name", "eve", "id", kept.ID); code != http.StatusSeeOther || len(users()["eve"].Tokens) > 0 {
		t.Errorf("remove a token: %d", code)
	}
	if code, body := act(ada, "do", "remove", "name", "rita"); code != http.StatusUnprocessableEntity || !strings.Contains(body, "you are sure") {
		t.Errorf("remove, not sure: %d", code)
	}
	if code, body := act(ada, "do", "remove", "name", "ada", "sure", "1"); code != http.StatusUnprocessableEntity || !strings.Contains(body, "hat is you") {
		t.Errorf("remove oneself: %d", code)
	}
	if code, _ := act(ada, "do", "remove", "name", "eve", "sure", "1"); code != http.StatusSeeOther || users()["eve"].Name != "" {
		t.Errorf("remove: %d", code)
	}
	if code, body := act(ada, "do", "role", "name", "ada", "role", "reader"); code != http.StatusUnprocessableEntity || !strings.Contains(body, "last admin") || users()["ada"].Role != account.Admin {
		t.Errorf("the last admin: %d", code)
	}
	if err := b.Remove(t.Context(), "ada"); err == nil {
		t.Error("the last admin is removed")
	}
	if code, _ := act(ada, "do", "dance", "name", "rita"); code != http.StatusBadRequest {
		t.Errorf("something else: %d", code)
	}
}

// TestAccount: everybody changes the own password, and makes and removes tokens
// that may no more than their user.
func TestAccount(t *testing.T) {
	h, b := guarded(t)
	rita := enter(t, h, "rita", secret)
	other := enter(t, h, "rita", secret)
	if body := get(t, h, "/", rita...).Body.String(); !strings.Contains(body, `<a href="/account">rita</a>`) || strings.Contains(body, `href="/users"`) {
		t.Error("the way to one's account")
	}
	const next = "other words together"
	for _, c := range []struct{ old, password, again, want string }{
		{"wrong words together", next, next, "is another"}, {secret, next, next + "x", "two passwords"}, {secret, "short", "short", "10 characters"},
	} {
		w := submit(t, h, "/account", url.Values{"do": {"password"}, "old": {c.old}, "password": {c.password}, "again": {c.again}}, rita...)
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), c.want) || strings.Contains(w.Body.String(), c.password) {
			t.Errorf("%+v: %d", c, w.Code)
		}
	}
	w := submit(t, h, "/account", url.Values{"do": {"password"}, "old": {secret}, "password": {next}, "again": {next}}, rita...)
	if w.Code != http.StatusSeeOther || len(w.Result().Cookies()) != 1 {
		t.Fatalf("another password: %d %s", w.Code, w.Body)
	}
	c := w.Result().Cookies()[0]
	rita = []string{"Cookie", c.Name + "=" + c.Value}
	if get(t, h, "/account", rita...).Code != http.StatusOK || get(t, h, "/account", other...).Code != http.StatusSeeOther {
		t.Error("after another password one's own session goes on, and no other")
	}
	w = submit(t, h, "/account", url.Values{"do": {"token"}, "label": {"calendar"}, "role": {"admin"}, "days": {"30"}}, rita...)
	m := regexp.MustCompile(`readout_[a-z2-7]{8}_[A-Z2-7]{26}`).FindString(w.Body.String())
	if w.Code != http.StatusOK || m == "" || !strings.Contains(w.Body.String(), "not shown again") || w.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("a token: %d", w.Code)
	}
	_, kept, err := b.Token(t.Context(), m)
	if err != nil || kept.Role != account.Reader || kept.Expires.Before(time.Now().AddDate(0, 0, 29)) || kept.Label != "calendar" {
		t.Errorf("the token is %+v: %v", kept, err)
	}
	if v := get(t, h, "/account.json", "Authorization", "Bearer "+m, "Accept", "application/json"); !strings.Contains(v.Body.String(), `"name": "rita"`) {
		t.Errorf("who am I: %d %s", v.Code, v.Body)
	}
	if w := submit(t, h, "/account", url.Values{"do": {"token-rm"}, "id": {kept.ID}}, rita...); w.Code != http.StatusSeeOther {
		t.Errorf("remove it: %d", w.Code)
	}
	if _, _, err := b.Token(t.Context(), m); err == nil {
		t.Error("it counts still")
	}
	for range 12 {
		w = submit(t, h, "/account", url.Values{"do": {"password"}, "old": {"guess"}, "password": {next}, "again": {next}}, rita...)
	}
	if !strings.Contains(w.Body.String(), "oo many wrong passwords") {
		t.Errorf("guessing goes on: %d", w.Code)
	}
}

// TestNoUsers: a server without users says so.
func TestNoUsers(t *testing.T) {
	if w := get(t, serverOf(t), "/users"); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "readout user add") {
		t.Errorf("%d", w.Code)
	}
}
