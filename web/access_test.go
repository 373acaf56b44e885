package web

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"readout/record"
	"readout/web/account"
)

// TestWhoMayWhat walks all routes as nobody, reader, editor and admin.
func TestWhoMayWhat(t *testing.T) {
	l, err := record.Open(t.Context(), record.Config{Store: record.NewMemory()})
	if err != nil {
		t.Fatal(err)
	}
	book := account.NewBook(l)
	tokens := map[account.Role]string{}
	for _, name := range account.RoleNames() {
		role, err := account.ParseRole(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := book.Add(t.Context(), name, role, ""); err != nil {
			t.Fatal(err)
		}
		if tokens[role], _, err = book.AddToken(t.Context(), name, account.Token{Role: role}); err != nil {
			t.Fatal(err)
		}
	}
	ended := map[string]int{}
	guard := account.NewGuard(account.Config{Book: book})
	defer guard.Close()
	h := New(Config{
		Ledger: l, Guard: guard, Log: slog.New(slog.DiscardHandler),
		Metrics: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "figures") }),
		Observe: func(route string, _ int, _ time.Duration) { ended[route]++ },
	})

	needs := map[string]account.Role{ // by method and path
		"GET /healthz": account.Nobody, "GET /readyz": account.Nobody, "GET /static/1/icon.svg": account.Nobody, "GET /metrics": account.Admin, "GET /login": account.Nobody, "GET /export/csv": account.Reader,
		"POST /api/v1/read": account.Reader, "POST /api/v1/articles": account.Editor, "POST /api/v1/decide": account.Editor, "POST /add": account.Editor, "POST /decide": account.Editor, "POST /note": account.Editor, "POST /outlets": account.Editor, "GET /api/v1/openapi.json": account.Reader, "GET /nothing": account.Reader, "POST /nothing": account.Editor, "GET /static/../state.json": account.Nobody,
		"POST /api/v1/read/x": account.Editor, "OPTIONS /": account.Reader, "PROPFIND /": account.Editor, "TRACE /": account.Editor, "POST /healthz": account.Nobody,
	}
	wild := regexp.MustCompile(`\{[^}]*\}`)
	for _, list := range [][]route{views, blanks, downloads} {
		for _, rt := range list {
			path := wild.ReplaceAllString(rt.path, "x")
			needs["GET "+path], needs["HEAD "+path] = account.Reader, account.Reader
			for _, method := range []string{"POST", "PUT", "PATCH", "DELETE"} {
				needs[method+" "+path] = account.Editor
				needs[method+" "+apiPrefix+path] = account.Editor
			}
			needs["GET "+apiPrefix+path] = account.Reader
		}
	}
	needs["GET /"] = account.Reader
	for what := range needs { // users are for an admin, one's own account for all who have one
		switch _, path, _ := strings.Cut(what, " "); path {
		case "/users", apiPrefix + "/users":
			needs[what] = account.Admin
		case "/account":
			needs[what] = account.Reader
		}
	}
	needs["GET /users.csv"] = account.Admin
	delete(needs, "POST /users") // no token may: TestUsers
	delete(needs, "POST /account")
	for what, need := range needs {
		method, path, _ := strings.Cut(what, " ")
		for role := account.Nobody; role <= account.Admin; role++ {
			r := httptest.NewRequest(method, path, strings.NewReader("{}"))
			if role > account.Nobody {
				r.Header.Set("Authorization", "Bearer "+tokens[role])
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			switch {
			case role >= need && (w.Code == http.StatusUnauthorized || w.Code == http.StatusForbidden):
				t.Errorf("%s as %v: %d, and it should be let in", what, role, w.Code)
			case role < need && role == account.Nobody && w.Code != http.StatusUnauthorized, role < need && role > account.Nobody && w.Code != http.StatusForbidden:
				t.Errorf("%s as %v: %d, and it needs %v", what, role, w.Code, need)
			}
			if csp := w.Header().Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") || strings.Contains(csp, "http") {
				t.Errorf("%s as %v: the policy is %q", what, role, csp)
			}
			if w.Header().Get("X-Content-Type-Options") != "nosniff" || w.Header().Get("Referrer-Policy") == "" {
				t.Errorf("%s as %v: headers are %v", what, role, w.Header())
			}
			// A page of another site cannot do in a user's name what changes something.
			if method != "GET" && method != "HEAD" && method != "OPTIONS" {
				r := httptest.NewRequest(method, path, nil)
				r.Header.Set("Sec-Fetch-Site", "cross-site")
				if w := httptest.NewRecorder(); true {
					if h.ServeHTTP(w, r); w.Code != http.StatusForbidden {
						t.Errorf("%s from another site: %d", what, w.Code)
					}
				}
			}
		}
	}
	if len(ended) < 20 || ended["/event/{id}"] == 0 || ended["other"] == 0 || ended["/login"] == 0 {
		t.Errorf("the routes observed are %v", ended)
	}
	for route := range ended {
		if strings.Contains(route, "nothing") || strings.Contains(route, "/x") {
			t.Errorf("%q is no route", route)
		}
	}
}
