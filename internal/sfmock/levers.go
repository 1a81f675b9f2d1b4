package sfmock

import "strings"

// SetInstanceURL moves the org to another My Domain URL (scheme and host, no slash at the end), as an org migration does: tokens
// answer with it, and the API serves no other host any more. The empty string follows the listening address again.
func (o *Org) SetInstanceURL(url string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.instance = strings.TrimRight(url, "/")
}

// SetSourceIP lets every request seem to come from an address; the empty string shows the real ones again.
func (o *Org) SetSourceIP(address string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.source = address
}

// SetNewestVersion sets the newest API version that the org offers, such as 67 for one that has not got the newest release.
func (o *Org) SetNewestVersion(version int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.newest = version
}

// SetOrgID gives the org another id, as the refresh of a sandbox does. Sessions end.
func (o *Org) SetOrgID(id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	old := o.orgID()
	rec := o.byID[old]
	normal, ok := normalID(id)
	if rec == nil || !ok {
		return
	}
	o.era.Add(1)
	delete(o.byID, old)
	delete(o.tables["organization"], old)
	rec.id = normal
	o.byID[normal], o.tables["organization"][normal] = rec, rec
}

// KeepPKCE lets writes of external client apps leave PKCE required whatever they say, without a word, as many orgs do.
func (o *Org) KeepPKCE(kept bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.pkceKept = kept
}
