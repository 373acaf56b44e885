package account

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// memory is settings that are kept nowhere.
type memory struct {
	mu     sync.Mutex
	values map[string]string
	broken error
}

func (m *memory) Setting(_ context.Context, name string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.values[name], m.broken
}

func (m *memory) ChangeSetting(_ context.Context, name string, f func(string) (string, error)) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.broken != nil {
		return m.broken
	}
	v, err := f(m.values[name])
	if err == nil {
		m.values[name] = v
	}
	return err
}

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

const password = "four words are enough"

// bookOf is a book with cheap hashes and the users reader, editor and admin.
func bookOf(tb testing.TB) (*Book, *clock, *memory) {
	tb.Helper()
	m := &memory{values: map[string]string{}}
	b, c := NewBook(m), &clock{t: time.Date(2025, 3, 1, 9, 0, 0, 0, time.UTC)}
	b.now, b.hasher.params = c.now, params{memory: 64, time: 1, lanes: 1}
	for _, name := range RoleNames() {
		role, _ := ParseRole(name)
		if err := b.Add(tb.Context(), name, role, password); err != nil {
			tb.Fatal(err)
		}
	}
	return b, c, m
}

func TestCheck(t *testing.T) {
	b, _, _ := bookOf(t)
	if err := b.Add(t.Context(), "away@example.org", Editor, ""); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, password string
		want           error
	}{
		{"reader", password, nil}, {" Reader ", password, nil}, {"reader", password + "x", ErrDenied}, {"reader", "", ErrDenied}, {"nobody", password, ErrDenied}, {"", "", ErrDenied},
		{"away@example.org", "", ErrDenied}, {"away@example.org", password, ErrDenied}, {"reader\x00", password, ErrDenied}, {"reader", strings.Repeat("x", 1<<20), ErrDenied},
	} {
		if a, err := b.Check(t.Context(), c.name, c.password); !errors.Is(err, c.want) || err == nil && a.Role != Reader {
			t.Errorf("Check(%q, %.30q) = %v, %v, want %v", c.name, c.password, a, err, c.want)
		}
	}
}

func TestPasswords(t *testing.T) {
	b, _, m := bookOf(t)
	for _, p := range []string{"", "short", "123456789", "with a \x00 zero", "a line\nand one", strings.Repeat("x", 600), "editor"} {
		if err := b.SetPassword(t.Context(), "editor", p); !errors.Is(err, ErrPassword) {
			t.Errorf("SetPassword(%.20q) = %v", p, err)
		}
	}
	// A letter with its accent is the same in one character and in two.
	if err := b.SetPassword(t.Context(), "editor", "caf\u00e9 caf\u00e9 caf\u00e9"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Check(t.Context(), "editor", "cafe\u0301 cafe\u0301 cafe\u0301"); err != nil {
		t.Errorf("the same password, typed elsewhere: %v", err)
	}
	b.hasher.params.time = 2
	if _, err := b.Check(t.Context(), "reader", password); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(m.values[settingAccounts], "$argon2id$v=19$m=64,t=2,p=1$") {
		t.Error("a hash of old is not made anew when its password is there")
	}
	if strings.Contains(m.values[settingAccounts], password) {
		t.Error("the password is kept")
	}
}

// TestNames: what is a user's name, and that it is there once.
func TestNames(t *testing.T) {
	b, _, _ := bookOf(t)
	for _, c := range []struct {
		name string
		want error
	}{
		{"anna", nil}, {"Anna.K", nil}, {"anna", ErrTaken}, {"READER", ErrTaken}, {"", ErrName}, {"-x", ErrName}, {"a b", ErrName}, {"ann\u0430", ErrName}, {strings.Repeat("a", 65), ErrName},
		{"a@b.example", nil}, {"sub:1@x", ErrName},
	} {
		if err := b.Add(t.Context(), c.name, Reader, password); !errors.Is(err, c.want) {
			t.Errorf("Add(%q) = %v, want %v", c.name, err, c.want)
		}
	}
	if err := b.SetRole(t.Context(), "who", Editor); !errors.Is(err, ErrUnknown) {
		t.Errorf("SetRole of nobody = %v", err)
	}
}

// TestTogether: users that are added at once through several servers are all there.
func TestTogether(t *testing.T) {
	b, _, m := bookOf(t)
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			other := NewBook(m)
			other.hasher.params = b.hasher.params
			if err := other.Add(t.Context(), fmt.Sprintf("user%d", i), Reader, password); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if list, err := b.Accounts(t.Context()); len(list) != 23 || err != nil {
		t.Errorf("%d users, %v", len(list), err)
	}
}

// TestBusy: as many passwords are hashed at once as there is memory for, and who
// waits too long is told so.
func TestBusy(t *testing.T) {
	b, _, _ := bookOf(t)
	for range atOnce {
		b.hasher.slots <- struct{}{}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := b.Check(ctx, "reader", password); !errors.Is(err, ErrBusy) {
		t.Errorf("Check() = %v", err)
	}
}

func TestSessions(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(ctx context.Context, b *Book, c *clock) error
		ends bool
	}{
		{"nothing", func(context.Context, *Book, *clock) error { return nil }, false},
		{"a day less a minute", func(_ context.Context, _ *Book, c *clock) error { c.add(24*time.Hour - time.Minute); return nil }, false},
		{"a day without a request", func(_ context.Context, _ *Book, c *clock) error { c.add(24 * time.Hour); return nil }, true},
		{"another password", func(ctx context.Context, b *Book, _ *clock) error { return b.SetPassword(ctx, "editor", password+"!") }, true},
		{"another role", func(ctx context.Context, b *Book, _ *clock) error { return b.SetRole(ctx, "editor", Reader) }, true},
		{"the same role", func(ctx context.Context, b *Book, _ *clock) error { return b.SetRole(ctx, "editor", Editor) }, false},
		{"removed", func(ctx context.Context, b *Book, _ *clock) error { return b.Remove(ctx, "editor") }, true},
		{"removed and made again", func(ctx context.Context, b *Book, _ *clock) error {
			return errors.Join(b.Remove(ctx, "editor"), b.Add(ctx, "editor", Editor, password))
		}, true},
		{"all ended", func(ctx context.Context, b *Book, _ *clock) error { _, err := b.EndSessions(ctx, "editor"); return err }, true},
		{"those of another ended", func(ctx context.Context, b *Book, _ *clock) error { _, err := b.EndSessions(ctx, "admin"); return err }, false},
		{"seen each day of a week", func(ctx context.Context, b *Book, c *clock) error {
			st, err := b.readState(ctx)
			for range 8 {
				c.add(23 * time.Hour)
				err = errors.Join(err, b.see(ctx, st.Sessions[0].Hash, ""))
			}
			return err
		}, true},
		{"twenty others", func(ctx context.Context, b *Book, _ *clock) error {
			var err error
			for range maxSessions {
				_, e := b.begin(ctx, &Account{Name: "editor", Stamp: "x"})
				err = errors.Join(err, e)
			}
			return err
		}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, now, m := bookOf(t)
			a, err := b.Check(t.Context(), "editor", password)
			if err != nil {
				t.Fatal(err)
			}
			secret, err := b.begin(t.Context(), a)
			if err != nil {
				t.Fatal(err)
			}
			if s, err := b.session(t.Context(), secret); err != nil || s.Name != "editor" || s.Role != Editor {
				t.Fatalf("session() = %+v, %v", s, err)
			}
			if strings.Contains(m.values[settingSessions], secret) {
				t.Error("the secret is kept")
			}
			if err := c.do(t.Context(), b, now); err != nil {
				t.Fatal(err)
			}
			_, err = b.session(t.Context(), secret)
			if ended := errors.Is(err, ErrDenied); ended != c.ends {
				t.Errorf("session() = %v", err)
			}
		})
	}
}

func TestTokens(t *testing.T) {
	b, now, m := bookOf(t)
	secret, tok, err := b.AddToken(t.Context(), "editor", Token{Label: "script", Role: Editor, Expires: now.now().Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(m.values[settingAccounts], secret[len(tokenPrefix)+idLetters:]) {
		t.Error("the token is kept")
	}
	if _, _, err := b.AddToken(t.Context(), "reader", Token{Role: Editor}); err == nil {
		t.Error("a token may more than its user")
	}
	is := func(name string, want Role) {
		t.Helper()
		a, _, err := b.Token(t.Context(), secret)
		if got := a.Role; got != want || (err != nil) != (want == Nobody) {
			t.Errorf("%s: Token() = %v, %v, want %v", name, got, err, want)
		}
	}
	is("new", Editor)
	if err := b.SetRole(t.Context(), "editor", Reader); err != nil {
		t.Fatal(err)
	}
	is("its user is a reader now", Reader)
	if err := b.SetRole(t.Context(), "editor", Admin); err != nil {
		t.Fatal(err)
	}
	is("its user is an admin now", Editor)
	now.add(time.Hour)
	is("expired", Nobody)
	now.add(-time.Minute)
	if err := b.RemoveToken(t.Context(), "editor", "nonesuch"); !errors.Is(err, ErrToken) {
		t.Errorf("RemoveToken of none = %v", err)
	}
	if err := b.RemoveToken(t.Context(), "editor", tok.ID); err != nil {
		t.Fatal(err)
	}
	is("removed", Nobody)
	for _, s := range []string{"", "readout_", secret + "x", secret[:len(secret)-1], strings.ToUpper(secret), "readout__" + secret} {
		if _, _, err := b.Token(t.Context(), s); !errors.Is(err, ErrDenied) {
			t.Errorf("Token(%q) = %v", s, err)
		}
	}
}

func TestClient(t *testing.T) {
	proxies, err := ParseProxies([]string{"loopback", "10.0.0.0/8", "192.0.2.7"})
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"", "10.0.0.0/33", "0.0.0.0/0", "::/0", "proxy.example"} {
		if _, err := ParseProxies([]string{bad}); err == nil {
			t.Errorf("ParseProxies(%q) has no error", bad)
		}
	}
	for _, c := range []struct {
		remote, xff, proto string
		want               string
		secure             bool
	}{
		{"203.0.113.5:1", "", "", "203.0.113.5", false},
		{"203.0.113.5:1", "198.51.100.1", "https", "203.0.113.5", false}, // who may say so?
		{"127.0.0.1:1", "198.51.100.1", "https", "198.51.100.1", true},
		{"[::1]:1", "198.51.100.1", "http", "198.51.100.1", false},
		{"127.0.0.1:1", "6.6.6.6, 198.51.100.1, 10.1.1.1", "https", "198.51.100.1", true},
		{"127.0.0.1:1", "6.6.6.6, rubbish, 10.1.1.1", "https", "10.1.1.1", true},
		{"192.0.2.7:1", "2001:db8::1", "https", "2001:db8::1", true},
		{"192.0.2.8:1", "2001:db8::1", "https", "192.0.2.8", false},
		{"127.0.0.1:1", "", "https,http", "127.0.0.1", false},
		{"[::ffff:127.0.0.1]:1", "::ffff:198.51.100.1", "https", "198.51.100.1", true},
		{"@", "198.51.100.1", "https", "", false},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.remote
		if c.xff != "" {
			r.Header.Set("X-Forwarded-For", c.xff)
		}
		if c.proto != "" {
			r.Header.Set("X-Forwarded-Proto", c.proto)
		}
		got, secure := proxies.client(r)
		if want, _ := netip.ParseAddr(c.want); got != want || secure != c.secure {
			t.Errorf("%+v: %v, %v", c, got, secure)
		}
	}
}

func TestLimits(t *testing.T) {
	l, now := newLimits(3, time.Minute), time.Unix(1e9, 0)
	for i := range 5 {
		if wait := l.take("a", now); (wait > 0) != (i >= 3) {
			t.Errorf("%d: %v", i, wait)
		}
	}
	if wait := l.take("b", now); wait > 0 {
		t.Errorf("another: %v", wait)
	}
	if wait := l.take("a", now.Add(time.Minute)); wait > 0 {
		t.Errorf("a minute later: %v", wait)
	}
	for i := range 2 * maxLimits {
		l.take(fmt.Sprint(i), now)
	}
	if len(l.by) > maxLimits+1 {
		t.Errorf("%d are told apart", len(l.by))
	}
	if a, b := addressKey(netip.MustParseAddr("2001:db8::1")), addressKey(netip.MustParseAddr("2001:db8::2")); a != b {
		t.Errorf("%s and %s are one network", a, b)
	}
}

func TestSafeNext(t *testing.T) {
	for s, want := range map[string]string{
		"/timeline?lanes=issue": "/timeline?lanes=issue", "": "/", "timeline": "/", "//evil.example": "/", "/\\evil.example": "/", "https://evil.example/": "/", "/a\nb": "/", "/login?next=/": "/", "/logout": "/",
		"/%2f/evil.example": "/", "/%5cevil.example": "/%5cevil.example", "javascript:alert(1)": "/", "/" + strings.Repeat("a", 3000): "/",
	} {
		if got := safeNext(s); got != want {
			t.Errorf("safeNext(%.40q) = %q, want %q", s, got, want)
		}
	}
}

// FuzzHash: whatever is read as a hash is what it was written as, and bounded.
func FuzzHash(f *testing.F) {
	h := hash{params{64, 1, 1}, make([]byte, 16), make([]byte, 32)}
	f.Add(h.String())
	f.Add("$argon2id$v=19$m=4294967295,t=1,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAA")
	f.Add("$argon2i$v=19$m=64,t=1,p=4$$")
	f.Fuzz(func(t *testing.T, s string) {
		h, err := parseHash(s)
		if err != nil {
			return
		}
		if h.String() != s || h.memory > maxMemory || h.time > maxTime || h.lanes > maxLanes || h.memory*h.time*uint32(h.lanes) == 0 {
			t.Errorf("parseHash(%q) = %+v", s, h)
		}
	})
}

// FuzzSecrets: whatever comes as a token, a cookie, a field of a proxy or an
// address to go on to, nobody comes in by it, and nobody is sent elsewhere.
func FuzzSecrets(f *testing.F) {
	f.Add("readout_abcdefgh_ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	f.Add("s=aaaaaaaaaaaaaaaaaaaaaaaa&n=aaaaaaaaaaaaaaaaaaaaaaaa&v=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa&to=/x")
	f.Add("//evil.example")
	f.Add("127.0.0.1, ::1")
	b, _, _ := bookOf(f)
	g := NewGuard(Config{Book: b, Proxies: loopbacks})
	f.Cleanup(g.Close)
	f.Fuzz(func(t *testing.T, s string) {
		for _, h := range [][2]string{{"Authorization", "Bearer " + s}, {"Authorization", "Basic " + s}, {"Authorization", s}, {"Cookie", "readout_session=" + s}, {"Cookie", s}, {"X-Forwarded-For", s}} {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.RemoteAddr = "127.0.0.1:1"
			r.Header.Set(h[0], h[1])
			if a := g.identify(r); a.Role != Nobody || a.Name != "" {
				t.Errorf("%s: %q is %+v", h[0], s, a)
			}
		}
		u, err := url.Parse(safeNext(s))
		if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(u.Path, "/") {
			t.Errorf("safeNext(%q) = %v, %v", s, u, err)
		}
		if fl, err := parseFlow(s); err == nil && fl.next != safeNext(fl.next) {
			t.Errorf("parseFlow(%q) = %+v", s, fl)
		}
	})
}
