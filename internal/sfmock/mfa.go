package sfmock

// mfaSwitch requires multi-factor authentication (MFA) for log-ins to the user interface; it stands among the sessionSettings.
const mfaSwitch = "enableMFADirectUILoginOptIn"

// mfaPolicy is what becomes of a write that turns the switch off.
type mfaPolicy int

const (
	mfaOptional mfaPolicy = iota // it is off
	mfaKept                      // it stays on, without a word
	mfaLocked                    // the write is refused
)

// EnforceMFA lets the platform require MFA, as it does since 2026: the switch stays on, whatever is written.
func (o *Org) EnforceMFA(on bool) { o.setMFA(on, mfaKept) }

// LockMFA is EnforceMFA for an org that refuses to turn the switch off. Which of both Salesforce does is open.
func (o *Org) LockMFA(on bool) { o.setMFA(on, mfaLocked) }

func (o *Org) setMFA(on bool, policy mfaPolicy) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.mfa = mfaOptional; on {
		o.mfa = policy
	}
}
