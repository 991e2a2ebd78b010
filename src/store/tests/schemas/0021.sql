-- A file as schema 21 left it: what a server with invented appointments had written.
BEGIN TRANSACTION;
CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
INSERT INTO "_sqlx_migrations" VALUES(1,'practice','2026-11-27 16:09:38',1,X'35357097F4DA63B10FC36F49ED8864D1F21B27FE4FC276FDF99C651B51E34D74ECFE0C16778617D4AC3B0A15E8DEC33E',2941749);
INSERT INTO "_sqlx_migrations" VALUES(2,'the therapists plans','2026-11-27 16:09:38',1,X'2414B2D7AC884B761E8A0E300FDBDAD164B1B5A2F6707B306098D736DF903331C8F8361B8380E11D368581E9D320C9D1',6851016);
INSERT INTO "_sqlx_migrations" VALUES(3,'a call about the address','2026-11-27 16:09:38',1,X'96223A45980E966B7123EA98E1E6792EE0BE3AD8199F22622286D1C7986ECFB7431A7328CEF29044B72D6ADE0E47CC8E',2157885);
INSERT INTO "_sqlx_migrations" VALUES(4,'zone and currency','2026-11-27 16:09:38',1,X'78B66E7323B6CFB215A1904B8AAB415B60D44CC92E1430C12DDAD0D3B277F0D2DF645645C3E4BF12566886E1673A58ED',613050);
INSERT INTO "_sqlx_migrations" VALUES(5,'what grows','2026-11-27 16:09:38',1,X'B4912E6695604DD4B0A4ECA705E6A394992FC58D3DD7E8AE9294F0556EE5D4D10B0CBB77A65B4D11F0A7825BE842FE3F',632029);
INSERT INTO "_sqlx_migrations" VALUES(6,'guards','2026-11-27 16:09:38',1,X'87066D1448BC568E70F4BAC43CA5BC6A5EEFBCA50C44CDE347B105FCAAA742CBE0C6B942EF6E6AEC4C9984026D82DBE9',975910);
INSERT INTO "_sqlx_migrations" VALUES(7,'email in trouble','2026-11-27 16:09:38',1,X'A34A859F4D27EF750C8DAA23A629FCAB26C38FEA0AFCE88BC976FEAA0863A6D8E750FF8152EADDF8FA4B03ABA2E3CA0D',4292606);
INSERT INTO "_sqlx_migrations" VALUES(8,'trials','2026-11-27 16:09:38',1,X'19CF6DEB0B231D56A0D548C50A828BA3767C4B9240AC8042660591EFC9FD44D4504FC4799BCD6EFF26A49515F434B7DB',587393);
INSERT INTO "_sqlx_migrations" VALUES(9,'what is looked up','2026-11-27 16:09:38',1,X'397F68B05E430BA06841D8811576128308D5A2B568399CBA3BC4658D3187C1F2DCA2B45F22AA7FD3E7EACB6555FF421B',607282);
INSERT INTO "_sqlx_migrations" VALUES(10,'conflicts','2026-11-27 16:09:38',1,X'E87CBC35DC6162E467FEA1A9D957A3E13C36FE651F4AB6E16BCAC768FF250D3467F8BF26DA818F85E732568CB8DA0856',587773);
INSERT INTO "_sqlx_migrations" VALUES(11,'identity keys','2026-11-27 16:09:38',1,X'A59F3F6CFDB405DEE0910BB7CD0DC8450B672D353266F74A262103A6BC9700064B972EF0ED52CD20395FFF7BC5199DE9',3988605);
INSERT INTO "_sqlx_migrations" VALUES(12,'sent forms','2026-11-27 16:09:38',1,X'89F1067316EDC2C562CADBC082DBB3942699FA0ED977D30330F19E675154B6161CDFD5B547C79552E81726FFC3082392',972664);
INSERT INTO "_sqlx_migrations" VALUES(13,'unproven requests','2026-11-27 16:09:38',1,X'732168995D6452600A47111DE73D06C92353ADDE4ABDB902A3F6C4C88CE865E693FBC96FBE0FED70866B9034516E7A4C',1004041);
INSERT INTO "_sqlx_migrations" VALUES(14,'what canceling costs','2026-11-27 16:09:38',1,X'95522E9DBB79DEE033C0012D04C604BF34F3AEF8D9FB41A647F3DD6B9B91C8E2F2709EA9CB2F9F2255505D8EAFA4FE68',4217614);
INSERT INTO "_sqlx_migrations" VALUES(15,'what the reader knows','2026-11-27 16:09:38',1,X'3A3DE0AAD09315B1566E72D5FC8B6268D41ED09BA59CC98FB6FB4B6E3CB6AC4C1BF9C234CD51BD0129478884DA8146F6',5419289);
INSERT INTO "_sqlx_migrations" VALUES(16,'emails','2026-11-27 16:09:38',1,X'C32DDE480E6D8386324178FF76B6A20CDC072D4325301AD1B7886DDA2969B425D8AB34FED8B318ECDA2E969B199A14D4',11283840);
INSERT INTO "_sqlx_migrations" VALUES(17,'overrides and reschedule requests','2026-11-27 16:09:38',1,X'10BF07FF4D1DC12496145B5421785FDCA315367D82BB1B1D865B0B3B4B0831287438BADE4CD90C6A1B31887D75F4B197',12323534);
INSERT INTO "_sqlx_migrations" VALUES(18,'pause','2026-11-27 16:09:38',1,X'11E54A99C6F3EEF143BA161D38F7C7D749A053C19902ABCAAB5B31B837DF7957A62C999FDF3344896F19D1FC8569F7BA',5866684);
INSERT INTO "_sqlx_migrations" VALUES(19,'reschedule requests in emails and calls','2026-11-27 16:09:38',1,X'63086A47A76459207480BC57B2A3909849563F3B9B550C85EB3AD18E5443908872EC350D32694011001F15A2FADD46ED',8274650);
INSERT INTO "_sqlx_migrations" VALUES(21,'acts','2026-11-27 16:09:38',1,X'9460E30C533F3A94C1D6C62A72295E3EBB604AC325BD1DB78C15BEBF0B8BABCAD330352550FEF4E39D44A37512586855',6783896);
CREATE TABLE acted_on (
    act                INTEGER NOT NULL REFERENCES acts (id) ON DELETE CASCADE,
    appointment        INTEGER NOT NULL REFERENCES appointments (id),
    -- While the act runs, its client knows the appointment as it was before this
    -- act: itself, or an earlier one of which they have heard nothing either.
    known_from         INTEGER NOT NULL,
    -- The revision that the act has left: with another one, something else has happened since.
    revision           INTEGER NOT NULL,
    -- The row as it was. Without a status where the act has made it.
    office             TEXT    NOT NULL,
    starts_at          INTEGER NOT NULL,
    ends_at            INTEGER NOT NULL,
    status             TEXT,
    requested_at       INTEGER NOT NULL,
    held_until         INTEGER NOT NULL,
    answered_at        INTEGER,
    ended_at           INTEGER,
    free_until         INTEGER,
    late_fee           INTEGER,
    late_fee_percent   INTEGER,
    cancelled_by       TEXT,
    is_late            INTEGER NOT NULL,
    overridden         TEXT    NOT NULL,
    sentence           TEXT,
    revision_before    INTEGER NOT NULL,
    -- The reschedule request that waited for an answer.
    reschedule_request INTEGER REFERENCES reschedule_requests (id),
    -- The conflict that was on record.
    conflict_ways      TEXT,
    conflict_found_at  INTEGER,
    conflict_is_kept   INTEGER,
    PRIMARY KEY (act, appointment)
) STRICT, WITHOUT ROWID;
INSERT INTO "acted_on" VALUES(1,26,1,1,'mt-shasta',1796835600,1796841000,'requested',1795788580,1795874980,NULL,NULL,NULL,NULL,NULL,NULL,0,'',NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "acted_on" VALUES(2,19,2,1,'mt-shasta',1796083200,1796086800,'confirmed',1795305600,1795305600,1795312800,NULL,1795996800,4750,50,NULL,0,'',NULL,0,1,NULL,NULL,NULL);
CREATE TABLE acts (
    -- Never given twice: a page that is still open must not undo another one.
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    kind    TEXT    NOT NULL,
    made_at INTEGER NOT NULL,
    -- Until then it can be undone.
    ends_at INTEGER NOT NULL,
    -- The office whose new address it has told.
    office  TEXT,
    -- 'running' until somebody has noted what became of it: it 'stands', was
    -- 'overtaken' by what the client did, or was 'undone'.
    outcome TEXT    NOT NULL DEFAULT 'running',
    CONSTRAINT outcome_is_known CHECK (outcome IN ('running', 'stands', 'overtaken', 'undone'))
) STRICT;
INSERT INTO "acts" VALUES(1,'confirmed',1795795785,1795795845,NULL,'running');
INSERT INTO "acts" VALUES(2,'reschedule_declined',1795795788,1795795848,NULL,'running');
CREATE TABLE addresses (
    office  TEXT    PRIMARY KEY,
    address TEXT    NOT NULL,
    is_told INTEGER NOT NULL DEFAULT 1 CHECK (is_told IN (0, 1))
) STRICT, WITHOUT ROWID;
INSERT INTO "addresses" VALUES('mt-shasta','100 Example Street, Mt. Shasta, CA 96067',1);
INSERT INTO "addresses" VALUES('redding','200 Example Avenue, Redding, CA 96001',1);
CREATE TABLE agreed_in (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    zone     TEXT    NOT NULL,
    currency TEXT    NOT NULL
) STRICT;
INSERT INTO "agreed_in" VALUES(1,'America/Los_Angeles','USD');
CREATE TABLE appointments (
    id             INTEGER PRIMARY KEY,
    client         INTEGER NOT NULL REFERENCES clients (id),
    office         TEXT    NOT NULL,
    service        TEXT    NOT NULL,
    service_name   TEXT    NOT NULL,
    starts_at      INTEGER NOT NULL,
    -- Without the buffer.
    ends_at        INTEGER NOT NULL,
    buffer_minutes INTEGER NOT NULL,
    -- In hundredths of the currency.
    price          INTEGER NOT NULL,
    status         TEXT    NOT NULL,
    -- As given with this request, which need not be what the client's row says.
    name           TEXT    NOT NULL,
    email          TEXT,
    email_key      TEXT,
    phone          TEXT,
    note           TEXT,
    requested_at   INTEGER NOT NULL,
    held_until     INTEGER NOT NULL,
    answered_at    INTEGER,
    ended_at       INTEGER,
    cancelled_by   TEXT,
    is_late        INTEGER NOT NULL DEFAULT 0,
    -- What the therapist added in their own words.
    sentence       TEXT,
    -- Identifies the event in calendars; with `revision` as its SEQUENCE.
    uid            TEXT    NOT NULL,
    revision       INTEGER NOT NULL DEFAULT 0,
    -- The hash of the form as it was sent: the same form twice is one request.
    request_digest BLOB, overridden TEXT NOT NULL DEFAULT '', free_until INTEGER, late_fee INTEGER, late_fee_percent INTEGER
    CONSTRAINT late_fee_is_a_share CHECK (late_fee_percent BETWEEN 1 AND 100),
    CONSTRAINT status_is_known CHECK (status IN
        ('requested', 'confirmed', 'declined', 'cancelled', 'expired', 'arrived', 'no_show')),
    -- The bound on the length is what lets the guards below look a day back and no further.
    CONSTRAINT session_lasts_up_to_a_day CHECK (ends_at > starts_at AND ends_at - starts_at <= 86400),
    CONSTRAINT client_can_be_reached CHECK (email IS NOT NULL OR phone IS NOT NULL),
    CONSTRAINT cancelled_by_a_side CHECK (cancelled_by IN ('client', 'therapist')),
    CONSTRAINT is_late_is_yes_or_no CHECK (is_late IN (0, 1)),
    CONSTRAINT uid_is_unique UNIQUE (uid),
    CONSTRAINT same_form_is_one_request UNIQUE (request_digest)
) STRICT;
INSERT INTO "appointments" VALUES(1,1,'redding','neuromuscular-90','Long neuromuscular session',1793998800,1794004200,15,13500,'arrived','June Okafor','june.okafor@example.com','june.okafor@example.com','+15305550133',NULL,1793221200,1793221200,1793228400,NULL,NULL,0,NULL,'c99a5082ec490aef10c43ac094c790f0@demo.invalid',0,NULL,'',1793912400,6750,50);
INSERT INTO "appointments" VALUES(2,2,'mt-shasta','neuromuscular-90','Long neuromuscular session',1794243600,1794249000,15,13500,'arrived','Walt Brennan',NULL,NULL,'+15305550117',NULL,1793466000,1793466000,1793473200,NULL,NULL,0,NULL,'0ae503bbe51cc43edaca98564837e9be@demo.invalid',0,NULL,'',1794157200,6750,50);
INSERT INTO "appointments" VALUES(3,3,'mt-shasta','craniosacral-60','Biodynamic craniosacral session',1794250800,1794254400,15,9500,'arrived','Grace Kim','grace.kim@example.com','grace.kim@example.com','+15305550147',NULL,1793473200,1793473200,1793480400,NULL,NULL,0,NULL,'05585dff88cf852dfb74be6059c2819c@demo.invalid',0,NULL,'',1794164400,4750,50);
INSERT INTO "appointments" VALUES(4,4,'mt-shasta','neuromuscular-90','Long neuromuscular session',1794416400,1794421800,15,13500,'no_show','Peter Lindqvist','peter.lindqvist@example.com','peter.lindqvist@example.com','+15305550158',NULL,1793638800,1793638800,1793646000,NULL,NULL,0,NULL,'11bc19de5cbab510734713551dfbf90e@demo.invalid',0,NULL,'',1794330000,6750,50);
INSERT INTO "appointments" VALUES(5,5,'redding','first-visit','First visit',1794502800,1794508200,15,13000,'arrived','Ann O’Brien','ann.obrien@example.com','ann.obrien@example.com','+15305550126',NULL,1793725200,1793725200,1793732400,NULL,NULL,0,NULL,'53ed4ddc5dd112038407b961da2e141c@demo.invalid',0,NULL,'',1794416400,6500,50);
INSERT INTO "appointments" VALUES(6,6,'redding','craniosacral-60','Biodynamic craniosacral session',1794679200,1794682800,15,9500,'arrived','Dale Murphy',NULL,NULL,'+15305550195',NULL,1793901600,1793901600,1793908800,NULL,NULL,0,NULL,'6736eebc8c6ce0b599fd0d25e35e44fa@demo.invalid',0,NULL,'',1794592800,4750,50);
INSERT INTO "appointments" VALUES(7,7,'mt-shasta','neuromuscular-90','Long neuromuscular session',1794848400,1794853800,15,13500,'arrived','Marisol Vega','marisol.vega@example.com','marisol.vega@example.com','+15305550171',NULL,1794070800,1794070800,1794078000,NULL,NULL,0,NULL,'aeb9226b602713b3604f128afd3cd833@demo.invalid',0,NULL,'',1794762000,6750,50);
INSERT INTO "appointments" VALUES(8,8,'mt-shasta','craniosacral-60','Biodynamic craniosacral session',1794868200,1794871800,15,9500,'arrived','Hiro Tanaka','hiro.tanaka@example.com','hiro.tanaka@example.com','+15305550163',NULL,1794090600,1794090600,1794097800,NULL,NULL,0,NULL,'5986311e78e28b83e712f50cc1e11b9f@demo.invalid',0,NULL,'',1794781800,4750,50);
INSERT INTO "appointments" VALUES(9,9,'redding','neuromuscular-90','Long neuromuscular session',1794942000,1794947400,15,13500,'arrived','Nadia Petrov','nadia.petrov@example.com','nadia.petrov@example.com','+15305550112',NULL,1794164400,1794164400,1794171600,NULL,NULL,0,NULL,'b119807e091c896c5471304b90a931e4@demo.invalid',0,NULL,'',1794855600,6750,50);
INSERT INTO "appointments" VALUES(10,10,'redding','neuromuscular-60','Neuromuscular session',1794952800,1794956400,15,9500,'arrived','Tom Abara',NULL,NULL,'+15305550109',NULL,1794175200,1794175200,1794182400,NULL,NULL,0,NULL,'f5a32ba35590542f186aea9f125899da@demo.invalid',0,NULL,'',1794866400,4750,50);
INSERT INTO "appointments" VALUES(11,11,'redding','neuromuscular-60','Neuromuscular session',1795122000,1795125600,15,9500,'arrived','Leila Haddad','leila.haddad@example.com','leila.haddad@example.com','+15305550184',NULL,1794344400,1794344400,1794351600,NULL,NULL,0,NULL,'ebd458df6b1a425a5e3094150d0ada71@demo.invalid',0,NULL,'',1795035600,4750,50);
INSERT INTO "appointments" VALUES(12,12,'redding','craniosacral-60','Biodynamic craniosacral session',1795222800,1795226400,15,9500,'arrived','Elena Ruiz','elena.ruiz@example.com','elena.ruiz@example.com','+15305550168',NULL,1794445200,1794445200,1794452400,NULL,NULL,0,NULL,'6567b92e55da578933ed1c3dcbc0b51d@demo.invalid',0,NULL,'',1795136400,4750,50);
INSERT INTO "appointments" VALUES(13,13,'mt-shasta','craniosacral-60','Biodynamic craniosacral session',1795462200,1795465800,15,9500,'arrived','Rosa Delgado','rosa.delgado@example.com','rosa.delgado@example.com','+15305550142',NULL,1794684600,1794684600,1794691800,NULL,NULL,0,NULL,'8c067f6b0680028ebe1696d3a0a6a220@demo.invalid',0,NULL,'',1795375800,4750,50);
INSERT INTO "appointments" VALUES(14,14,'mt-shasta','first-visit','First visit',1795467600,1795473000,15,13000,'arrived','Sam Whitefeather','sam.whitefeather@example.com','sam.whitefeather@example.com','+15305550151',NULL,1794690000,1794690000,1794697200,NULL,NULL,0,NULL,'ada46fc6f3adfcf4cbc0c38c62a891bb@demo.invalid',0,NULL,'',1795381200,6500,50);
INSERT INTO "appointments" VALUES(15,1,'mt-shasta','craniosacral-60','Biodynamic craniosacral session',1795631400,1795635000,15,9500,'no_show','June Okafor','june.okafor@example.com','june.okafor@example.com','+15305550133',NULL,1794853800,1794853800,1794861000,NULL,NULL,0,NULL,'452f1afb422d0272dcdc67c22b8279be@demo.invalid',0,NULL,'',1795545000,4750,50);
INSERT INTO "appointments" VALUES(16,2,'redding','neuromuscular-60','Neuromuscular session',1795716000,1795719600,15,9500,'arrived','Walt Brennan',NULL,NULL,'+15305550117',NULL,1794938400,1794938400,1794945600,NULL,NULL,0,NULL,'ca7c9128557cac10cd28a51e9ff84e7c@demo.invalid',0,NULL,'',1795629600,4750,50);
INSERT INTO "appointments" VALUES(17,3,'mt-shasta','first-visit','First visit',1795892400,1795897800,15,13000,'confirmed','Grace Kim','grace.kim@example.com','grace.kim@example.com','+15305550147',NULL,1795114800,1795114800,1795122000,NULL,NULL,0,NULL,'12b6046b4851a8ea0f972baf30a34d82@demo.invalid',0,NULL,'',1795806000,6500,50);
INSERT INTO "appointments" VALUES(18,4,'mt-shasta','first-visit','First visit',1796068800,1796074200,15,13000,'requested','Peter Lindqvist','peter.lindqvist@example.com','peter.lindqvist@example.com','+15305550158','A room on the ground floor would help, please.',1795793380,1795879780,NULL,NULL,NULL,0,NULL,'90975ccd1deef46789176df66c5b2852@demo.invalid',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "appointments" VALUES(19,5,'mt-shasta','craniosacral-60','Biodynamic craniosacral session',1796083200,1796086800,15,9500,'confirmed','Ann O’Brien','ann.obrien@example.com','ann.obrien@example.com','+15305550126',NULL,1795305600,1795305600,1795312800,NULL,NULL,0,NULL,'ce32ddcff32e347bdb3d750ec3a27d5e@demo.invalid',1,NULL,'',1795996800,4750,50);
INSERT INTO "appointments" VALUES(20,6,'redding','neuromuscular-90','Long neuromuscular session',1796144400,1796149800,15,13500,'confirmed','Dale Murphy',NULL,NULL,'+15305550195',NULL,1795366800,1795366800,1795374000,NULL,NULL,0,NULL,'56da00e90b34c05f68d271c170921609@demo.invalid',0,NULL,'',1796058000,6750,50);
INSERT INTO "appointments" VALUES(21,7,'redding','craniosacral-60','Biodynamic craniosacral session',1796160600,1796164200,15,9500,'confirmed','Marisol Vega','marisol.vega@example.com','marisol.vega@example.com','+15305550171',NULL,1795383000,1795383000,1795390200,NULL,NULL,0,NULL,'13d61977bc69cffe14e40077f4e44f68@demo.invalid',0,NULL,'',1796074200,4750,50);
INSERT INTO "appointments" VALUES(22,8,'redding','neuromuscular-90','Long neuromuscular session',1796317200,1796322600,15,13500,'requested','Hiro Tanaka','hiro.tanaka@example.com','hiro.tanaka@example.com','+15305550163','Mornings are the best time to call.',1795790980,1795877380,NULL,NULL,NULL,0,NULL,'3388f856c2b4d7b763fcf524af14933d@demo.invalid',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "appointments" VALUES(23,9,'redding','first-visit','First visit',1796418000,1796423400,15,13000,'confirmed','Nadia Petrov','nadia.petrov@example.com','nadia.petrov@example.com','+15305550112',NULL,1795640400,1795640400,1795647600,NULL,NULL,0,NULL,'027254fb1c6ccc9ec8b692f7bad812b4@demo.invalid',0,NULL,'',1796331600,6500,50);
INSERT INTO "appointments" VALUES(24,10,'mt-shasta','first-visit','First visit',1796662800,1796668200,15,13000,'confirmed','Tom Abara',NULL,NULL,'+15305550109',NULL,1795687780,1795687780,1795694980,NULL,NULL,0,NULL,'ab151b7aa1368efa8421ae36a233f75c@demo.invalid',0,NULL,'',1796576400,6500,50);
INSERT INTO "appointments" VALUES(25,11,'mt-shasta','neuromuscular-60','Neuromuscular session',1796686200,1796689800,15,9500,'confirmed','Leila Haddad','leila.haddad@example.com','leila.haddad@example.com','+15305550184',NULL,1795687780,1795687780,1795694980,NULL,NULL,0,NULL,'64a28187ffcf7cbb7306de2b4f76e0a9@demo.invalid',0,NULL,'',1796599800,4750,50);
INSERT INTO "appointments" VALUES(26,12,'mt-shasta','first-visit','First visit',1796835600,1796841000,15,13000,'confirmed','Elena Ruiz','elena.ruiz@example.com','elena.ruiz@example.com','+15305550168','I come by bus and may be five minutes late.',1795788580,1795874980,1795795785,NULL,NULL,0,NULL,'da685d25f17f0de98c643bef0e6b207e@demo.invalid',1,NULL,'',1796749200,6500,50);
INSERT INTO "appointments" VALUES(27,13,'redding','neuromuscular-90','Long neuromuscular session',1796922000,1796927400,15,13500,'confirmed','Rosa Delgado','rosa.delgado@example.com','rosa.delgado@example.com','+15305550142',NULL,1795687780,1795687780,1795694980,NULL,NULL,0,NULL,'c68fcf81ac4ad20d271a22fd9cd664e9@demo.invalid',0,NULL,'',1796835600,6750,50);
INSERT INTO "appointments" VALUES(28,14,'redding','neuromuscular-60','Neuromuscular session',1797098400,1797102000,15,9500,'confirmed','Sam Whitefeather','sam.whitefeather@example.com','sam.whitefeather@example.com','+15305550151',NULL,1795687780,1795687780,1795694980,NULL,NULL,0,NULL,'0d6782604d9e3cc89d0485514dfee2a6@demo.invalid',0,NULL,'',1797012000,4750,50);
INSERT INTO "appointments" VALUES(29,1,'mt-shasta','first-visit','First visit',1797267600,1797273000,15,13000,'confirmed','June Okafor','june.okafor@example.com','june.okafor@example.com','+15305550133',NULL,1795687780,1795687780,1795694980,NULL,NULL,0,NULL,'9db2b8de8f350903539bf80717ba03c9@demo.invalid',0,NULL,'',1797181200,6500,50);
INSERT INTO "appointments" VALUES(30,2,'mt-shasta','neuromuscular-60','Neuromuscular session',1797283800,1797287400,15,9500,'confirmed','Walt Brennan',NULL,NULL,'+15305550117',NULL,1795687780,1795687780,1795694980,NULL,NULL,0,NULL,'00f046a0a0e82e602e2d867ec088f8c9@demo.invalid',0,NULL,'',1797197400,4750,50);
INSERT INTO "appointments" VALUES(31,3,'redding','craniosacral-60','Biodynamic craniosacral session',1797354000,1797357600,15,9500,'confirmed','Grace Kim','grace.kim@example.com','grace.kim@example.com','+15305550147',NULL,1795687780,1795687780,1795694980,NULL,NULL,0,NULL,'74b4c049ce8515fbb819c2cbc357c0b0@demo.invalid',0,NULL,'',1797267600,4750,50);
INSERT INTO "appointments" VALUES(32,4,'redding','first-visit','First visit',1797366600,1797372000,15,13000,'confirmed','Peter Lindqvist','peter.lindqvist@example.com','peter.lindqvist@example.com','+15305550158',NULL,1795687780,1795687780,1795694980,NULL,NULL,0,NULL,'91afefc28762b9c5fbee51d58b596e59@demo.invalid',0,NULL,'',1797280200,6500,50);
INSERT INTO "appointments" VALUES(33,5,'redding','craniosacral-60','Biodynamic craniosacral session',1797550200,1797553800,15,9500,'confirmed','Ann O’Brien','ann.obrien@example.com','ann.obrien@example.com','+15305550126',NULL,1795687780,1795687780,1795694980,NULL,NULL,0,NULL,'dfd9d7fa6a96b71868e8ebd08e7378a0@demo.invalid',0,NULL,'',1797463800,4750,50);
INSERT INTO "appointments" VALUES(34,6,'redding','neuromuscular-60','Neuromuscular session',1797638400,1797642000,15,9500,'confirmed','Dale Murphy',NULL,NULL,'+15305550195',NULL,1795687780,1795687780,1795694980,NULL,NULL,0,NULL,'bb18d935aea3c74edf536ab3734f9963@demo.invalid',0,NULL,'',1797552000,4750,50);
INSERT INTO "appointments" VALUES(35,7,'mt-shasta','neuromuscular-90','Long neuromuscular session',1797872400,1797877800,15,13500,'confirmed','Marisol Vega','marisol.vega@example.com','marisol.vega@example.com','+15305550171',NULL,1795687780,1795687780,1795694980,NULL,NULL,0,NULL,'beebc1c68e36a9260f99091afc24dd17@demo.invalid',0,NULL,'',1797786000,6750,50);
INSERT INTO "appointments" VALUES(36,8,'mt-shasta','neuromuscular-60','Neuromuscular session',1797890400,1797894000,15,9500,'confirmed','Hiro Tanaka','hiro.tanaka@example.com','hiro.tanaka@example.com','+15305550163',NULL,1795687780,1795687780,1795694980,NULL,NULL,0,NULL,'af01cdd9be1060f14ebd89199485dc0f@demo.invalid',0,NULL,'',1797804000,4750,50);
INSERT INTO "appointments" VALUES(37,9,'mt-shasta','neuromuscular-60','Neuromuscular session',1798059600,1798063200,15,9500,'confirmed','Nadia Petrov','nadia.petrov@example.com','nadia.petrov@example.com','+15305550112',NULL,1795687780,1795687780,1795694980,NULL,NULL,0,NULL,'2bec976800a037c50cf08d2d6e844cfb@demo.invalid',0,NULL,'',1797973200,4750,50);
INSERT INTO "appointments" VALUES(38,10,'redding','craniosacral-60','Biodynamic craniosacral session',1798144200,1798147800,15,9500,'confirmed','Tom Abara',NULL,NULL,'+15305550109',NULL,1795687780,1795687780,1795694980,NULL,NULL,0,NULL,'32641f47abbbe26ada78a8e393f3f951@demo.invalid',0,NULL,'',1798057800,4750,50);
CREATE TABLE calls (
    -- Never given twice: a page that is still open must not tick off another one.
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    appointment INTEGER NOT NULL REFERENCES appointments (id),
    about       TEXT    NOT NULL,
    made_at     INTEGER NOT NULL,
    done_at     INTEGER, act INTEGER REFERENCES acts (id) ON DELETE SET NULL, held_until INTEGER, set_aside_by INTEGER REFERENCES acts (id) ON DELETE SET NULL,
    CONSTRAINT about_is_known CHECK (about IN
        ('requested', 'confirmed', 'declined', 'cancelled', 'expired', 'changed', 'reschedule_request_declined',
         'reschedule_request_expired', 'reminder', 'new_address', 'email_failed'))
) STRICT;
CREATE TABLE clients (
    id         INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL,
    email      TEXT,
    phone      TEXT,
    -- The forms by which two spellings are the same.
    name_key   TEXT    NOT NULL,
    email_key  TEXT,
    created_at INTEGER NOT NULL, phone_key TEXT,
    CONSTRAINT client_can_be_reached CHECK (email IS NOT NULL OR phone IS NOT NULL),
    CONSTRAINT email_has_its_key CHECK ((email IS NULL) = (email_key IS NULL))
) STRICT;
INSERT INTO "clients" VALUES(1,'June Okafor','june.okafor@example.com','+15305550133','june okafor','june.okafor@example.com',1795795780,'+15305550133');
INSERT INTO "clients" VALUES(2,'Walt Brennan',NULL,'+15305550117','walt brennan',NULL,1795795780,'+15305550117');
INSERT INTO "clients" VALUES(3,'Grace Kim','grace.kim@example.com','+15305550147','grace kim','grace.kim@example.com',1795795780,'+15305550147');
INSERT INTO "clients" VALUES(4,'Peter Lindqvist','peter.lindqvist@example.com','+15305550158','peter lindqvist','peter.lindqvist@example.com',1795795780,'+15305550158');
INSERT INTO "clients" VALUES(5,'Ann O’Brien','ann.obrien@example.com','+15305550126','ann obrien','ann.obrien@example.com',1795795780,'+15305550126');
INSERT INTO "clients" VALUES(6,'Dale Murphy',NULL,'+15305550195','dale murphy',NULL,1795795780,'+15305550195');
INSERT INTO "clients" VALUES(7,'Marisol Vega','marisol.vega@example.com','+15305550171','marisol vega','marisol.vega@example.com',1795795780,'+15305550171');
INSERT INTO "clients" VALUES(8,'Hiro Tanaka','hiro.tanaka@example.com','+15305550163','hiro tanaka','hiro.tanaka@example.com',1795795780,'+15305550163');
INSERT INTO "clients" VALUES(9,'Nadia Petrov','nadia.petrov@example.com','+15305550112','nadia petrov','nadia.petrov@example.com',1795795780,'+15305550112');
INSERT INTO "clients" VALUES(10,'Tom Abara',NULL,'+15305550109','tom abara',NULL,1795795780,'+15305550109');
INSERT INTO "clients" VALUES(11,'Leila Haddad','leila.haddad@example.com','+15305550184','leila haddad','leila.haddad@example.com',1795795780,'+15305550184');
INSERT INTO "clients" VALUES(12,'Elena Ruiz','elena.ruiz@example.com','+15305550168','elena ruiz','elena.ruiz@example.com',1795795780,'+15305550168');
INSERT INTO "clients" VALUES(13,'Rosa Delgado','rosa.delgado@example.com','+15305550142','rosa delgado','rosa.delgado@example.com',1795795780,'+15305550142');
INSERT INTO "clients" VALUES(14,'Sam Whitefeather','sam.whitefeather@example.com','+15305550151','sam whitefeather','sam.whitefeather@example.com',1795795780,'+15305550151');
CREATE TABLE conflicts (
    appointment INTEGER PRIMARY KEY REFERENCES appointments (id),
    -- In which ways the plan does not cover it, as words. Empty: in whichever
    -- ways it is when somebody next looks.
    ways        TEXT    NOT NULL,
    found_at    INTEGER NOT NULL,
    -- The therapist will be there: so they said, or booked it so.
    is_kept     INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT is_kept_is_yes_or_no CHECK (is_kept IN (0, 1))
) STRICT;
CREATE TABLE "emails" (
    id              INTEGER PRIMARY KEY,
    -- Names the event: the same event never writes a second letter.
    key             TEXT    NOT NULL,
    appointment     INTEGER REFERENCES appointments (id),
    side            TEXT    NOT NULL,
    recipient       TEXT    NOT NULL,
    subject         TEXT    NOT NULL,
    text_body       TEXT    NOT NULL,
    html_body       TEXT    NOT NULL,
    -- An iCalendar file and its METHOD.
    calendar        TEXT,
    calendar_method TEXT,
    message_id      TEXT    NOT NULL,
    written_at      INTEGER NOT NULL,
    not_after       INTEGER,
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    outcome         TEXT    NOT NULL DEFAULT 'waiting',
    outcome_at      INTEGER,
    -- Why the last attempt failed, in words without personal data.
    trouble         TEXT, first_tried_at INTEGER, tried_at INTEGER, concerns TEXT
    CONSTRAINT concerns_is_known CHECK (concerns IN ('us', 'recipient')), may_have_come INTEGER NOT NULL DEFAULT 0
    CONSTRAINT may_have_come_is_yes_or_no CHECK (may_have_come IN (0, 1)), settled_at INTEGER, before_office TEXT, before_start INTEGER, before_status TEXT, act INTEGER REFERENCES acts (id) ON DELETE SET NULL, held_until INTEGER, set_aside_by INTEGER REFERENCES acts (id) ON DELETE SET NULL,
    CONSTRAINT one_letter_per_event UNIQUE (key),
    CONSTRAINT side_is_known CHECK (side IN ('client', 'therapist')),
    CONSTRAINT outcome_is_known CHECK (outcome IN ('waiting', 'sent', 'given_up', 'lapsed')),
    CONSTRAINT calendar_has_its_method CHECK ((calendar IS NULL) = (calendar_method IS NULL))
) STRICT;
INSERT INTO "emails" VALUES(1,'confirmed/26/1/client',26,'client','elena.ruiz@example.com','Confirmed: Wednesday, December 9, 9:00 am, Mt. Shasta','Text','<p>Text</p>','BEGIN:VCALENDAR','REQUEST','<fef0f51cb437af00306e545bd68966ee@example.com>',1795795785,NULL,0,1795795845,'waiting',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,1,1795795845,NULL);
INSERT INTO "emails" VALUES(2,'unchanged/19/1/client',19,'client','ann.obrien@example.com','Confirmed: Monday, November 30, 4:00 pm, Mt. Shasta, as before','Text','<p>Text</p>',NULL,NULL,'<1c59305412003c6567aeca223f347061@example.com>',1795795788,NULL,0,1795795848,'waiting',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,2,1795795848,NULL);
INSERT INTO "emails" VALUES(3,'reminder/17/2026-11-28T19:00:00Z/48h',17,'client','grace.kim@example.com','Reminder: Saturday, November 28, 11:00 am, Mt. Shasta','Text','<p>Text</p>',NULL,NULL,'<987ab110dcd43ab31de1d9191996d2f0@example.com>',1795795788,1795892400,1,1795795848,'sent',1795795788,NULL,1795795788,1795795788,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE first_booking_decides (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    weekdays INTEGER NOT NULL CHECK (weekdays BETWEEN 0 AND 127)
) STRICT;
CREATE TABLE identity_keys (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    -- Of the rule by which the keys were made.
    version INTEGER NOT NULL
) STRICT;
INSERT INTO "identity_keys" VALUES(1,2);
CREATE TABLE links (
    token_hash  BLOB    PRIMARY KEY,
    appointment INTEGER NOT NULL REFERENCES appointments (id),
    -- Where the link was given. 'request': to whoever sent the form, right
    -- after it, and so it shows where we write to; 'email': in an email.
    given_in    TEXT    NOT NULL,
    expires_at  INTEGER NOT NULL,
    CONSTRAINT given_in_is_known CHECK (given_in IN ('request', 'email'))
) STRICT, WITHOUT ROWID;
INSERT INTO "links" VALUES(X'578A91491BFFE89AFAFCF92A08DA424EF600953D80CE2A9D8B9DAC6F422E5DA8',17,'email',1797107400);
INSERT INTO "links" VALUES(X'7B82CED5D059C856F97C2A0FBCE4D3C98F33840BBCE867FA87C5D504C3777B2B',26,'email',1798050600);
INSERT INTO "links" VALUES(X'FB76ED70107735C52DB32FC1B28D497E048DB7698FCA7B2DD68AE1ADAAF75A6A',19,'email',1797296400);
CREATE TABLE opening_hours (
    office     TEXT NOT NULL,
    holds_from TEXT NOT NULL,
    CONSTRAINT one_week_per_date PRIMARY KEY (office, holds_from),
    CONSTRAINT holds_from_is_a_date CHECK (date(holds_from) = holds_from)
) STRICT, WITHOUT ROWID;
CREATE TABLE opening_windows (
    office     TEXT    NOT NULL,
    holds_from TEXT    NOT NULL,
    -- Monday is 0.
    weekday    INTEGER NOT NULL,
    opens      INTEGER NOT NULL,
    closes     INTEGER NOT NULL,
    FOREIGN KEY (office, holds_from) REFERENCES opening_hours (office, holds_from) ON DELETE CASCADE,
    CONSTRAINT weekday_is_known CHECK (weekday BETWEEN 0 AND 6),
    CONSTRAINT window_lies_in_a_day CHECK (opens >= 0 AND opens < closes AND closes <= 1440)
) STRICT;
CREATE TABLE "pause" (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    sentence TEXT    NOT NULL,
    since    INTEGER NOT NULL
) STRICT;
CREATE TABLE plan_windows (
    date   TEXT    NOT NULL REFERENCES plans (date) ON DELETE CASCADE,
    office TEXT    NOT NULL,
    opens  INTEGER NOT NULL,
    closes INTEGER NOT NULL,
    CONSTRAINT window_lies_in_a_day CHECK (opens >= 0 AND opens < closes AND closes <= 1440)
) STRICT;
CREATE TABLE plans (
    date TEXT PRIMARY KEY,
    CONSTRAINT date_is_a_date CHECK (date(date) = date)
) STRICT, WITHOUT ROWID;
CREATE TABLE policy (
    id                        INTEGER PRIMARY KEY CHECK (id = 1),
    slot_step_minutes         INTEGER NOT NULL,
    minimum_notice_hours      INTEGER NOT NULL,
    horizon_days              INTEGER NOT NULL,
    hold_hours                INTEGER NOT NULL,
    answer_before_hours       INTEGER NOT NULL,
    cancellation_notice_hours INTEGER NOT NULL,
    open_requests_per_contact INTEGER NOT NULL,
    confirmation              TEXT    NOT NULL,
    book_again                TEXT    NOT NULL,
    -- Whole numbers with spaces between them.
    reminder_hours            TEXT    NOT NULL,
    changed_at                INTEGER NOT NULL, late_fee_percent INTEGER,
    CONSTRAINT confirmation_is_known CHECK (confirmation IN ('by_therapist', 'at_once')),
    CONSTRAINT book_again_is_known CHECK (book_again IN ('by_therapist', 'at_once'))
) STRICT;
CREATE TABLE "reschedule_requests" (
    id           INTEGER PRIMARY KEY,
    appointment  INTEGER NOT NULL REFERENCES appointments (id),
    office       TEXT    NOT NULL,
    starts_at    INTEGER NOT NULL,
    ends_at      INTEGER NOT NULL,
    requested_at INTEGER NOT NULL,
    held_until   INTEGER NOT NULL,
    -- 'requested' until it is answered.
    status       TEXT    NOT NULL DEFAULT 'requested',
    ended_at     INTEGER,
    CONSTRAINT status_is_known CHECK (status IN
        ('requested', 'confirmed', 'declined', 'expired', 'replaced', 'cancelled')),
    CONSTRAINT ended_when_answered CHECK ((status = 'requested') = (ended_at IS NULL)),
    CONSTRAINT session_lasts_up_to_a_day CHECK (ends_at > starts_at AND ends_at - starts_at <= 86400)
) STRICT;
INSERT INTO "reschedule_requests" VALUES(1,19,'mt-shasta',1796230800,1796234400,1795790380,1795876780,'declined',1795795788);
CREATE TABLE sent_forms (
    -- The key with the service, the office and the start.
    asked       BLOB    PRIMARY KEY,
    key_hash    BLOB    NOT NULL,
    -- The email address and the phone number as they were typed.
    email_hash  BLOB,
    phone_hash  BLOB,
    appointment INTEGER NOT NULL REFERENCES appointments (id),
    expires_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE served (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    base_url TEXT    NOT NULL
) STRICT;
INSERT INTO "served" VALUES(1,'http://127.0.0.1:8181');
CREATE TABLE sessions (
    token_hash BLOB    PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
ANALYZE "sqlite_master";
INSERT INTO "sqlite_stat1" VALUES('appointments','appointments_taken_back','0 0');
INSERT INTO "sqlite_stat1" VALUES('appointments','appointments_by_phone','38 3');
INSERT INTO "sqlite_stat1" VALUES('appointments','appointments_by_email','29 3');
INSERT INTO "sqlite_stat1" VALUES('appointments','appointments_held','3 1');
INSERT INTO "sqlite_stat1" VALUES('appointments','appointments_by_client','38 3');
INSERT INTO "sqlite_stat1" VALUES('appointments','appointments_by_start','38 1');
INSERT INTO "sqlite_stat1" VALUES('appointments','appointments_live','22 1');
INSERT INTO "sqlite_stat1" VALUES('appointments','sqlite_autoindex_appointments_2','38 38');
INSERT INTO "sqlite_stat1" VALUES('appointments','sqlite_autoindex_appointments_1','38 1');
INSERT INTO "sqlite_stat1" VALUES('clients','clients_by_phone_key','14 1');
INSERT INTO "sqlite_stat1" VALUES('clients','clients_by_name_key','14 1');
INSERT INTO "sqlite_stat1" VALUES('clients','clients_by_phone','14 1');
INSERT INTO "sqlite_stat1" VALUES('clients','clients_by_email','14 2');
INSERT INTO "sqlite_stat1" VALUES('_sqlx_migrations','sqlite_autoindex__sqlx_migrations_1','20 1');
INSERT INTO "sqlite_stat1" VALUES('welcome_links','welcome_links','1 1');
INSERT INTO "sqlite_stat1" VALUES('addresses','addresses','2 1');
INSERT INTO "sqlite_stat1" VALUES('reschedule_requests','reschedule_requests_by_appointment','1 1');
INSERT INTO "sqlite_stat1" VALUES('reschedule_requests','reschedule_requests_by_start','1 1');
INSERT INTO "sqlite_stat1" VALUES('reschedule_requests','one_open_reschedule_request_per_appointment','1 1');
CREATE TABLE therapist (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    -- Argon2id, as a PHC string.
    password_hash TEXT    NOT NULL,
    changed_at    INTEGER NOT NULL
) STRICT;
CREATE TABLE time_off (
    -- Never given twice: a page that is still open must not end another one.
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The one office that is closed; NULL closes the whole practice.
    office     TEXT,
    starts_at  INTEGER NOT NULL,
    ends_at    INTEGER NOT NULL,
    -- For the therapist's own eyes.
    note       TEXT,
    CONSTRAINT time_off_is_not_empty CHECK (ends_at > starts_at)
) STRICT;
CREATE TABLE trials (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    written BLOB    NOT NULL
) STRICT;
CREATE TABLE unproven_requests (
    mailbox TEXT    NOT NULL,
    sent_at INTEGER NOT NULL
) STRICT;
CREATE TABLE welcome_links (
    token_hash BLOB    PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX clients_by_email ON clients (email_key);
CREATE INDEX appointments_live ON appointments (starts_at) WHERE status IN ('requested', 'confirmed');
CREATE INDEX appointments_by_start ON appointments (starts_at);
CREATE INDEX appointments_by_client ON appointments (client);
CREATE INDEX appointments_held ON appointments (held_until) WHERE status = 'requested';
CREATE VIEW appointments_in_words AS
SELECT id,
       datetime(starts_at, 'unixepoch') || ' UTC' AS starts,
       (ends_at - starts_at) / 60                 AS minutes,
       office, service, status, name, email, phone,
       datetime(requested_at, 'unixepoch') || ' UTC' AS requested,
       datetime(held_until, 'unixepoch') || ' UTC'   AS held_until
FROM appointments;
CREATE INDEX opening_windows_by_week ON opening_windows (office, holds_from);
CREATE INDEX plan_windows_by_date ON plan_windows (date);
CREATE INDEX time_off_by_end ON time_off (ends_at);
CREATE VIEW taken AS
SELECT id AS appointment, starts_at, ends_at FROM appointments
WHERE status IN ('requested', 'confirmed', 'arrived')
UNION ALL
SELECT appointment, starts_at, ends_at FROM "reschedule_requests" WHERE status = 'requested';
CREATE TRIGGER slot_taken_on_insert BEFORE INSERT ON appointments
WHEN NEW.status IN ('requested', 'confirmed')
BEGIN
    SELECT raise(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM taken
        WHERE starts_at > NEW.starts_at - 86400
          AND starts_at < NEW.ends_at
          AND ends_at > NEW.starts_at);
END;
CREATE TRIGGER slot_taken_on_change BEFORE INSERT ON "reschedule_requests"
WHEN NEW.status = 'requested'
BEGIN
    SELECT raise(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM taken
        WHERE appointment <> NEW.appointment
          AND starts_at > NEW.starts_at - 86400
          AND starts_at < NEW.ends_at
          AND ends_at > NEW.starts_at);
END;
CREATE TRIGGER change_of_a_confirmed_appointment BEFORE INSERT ON "reschedule_requests"
WHEN NEW.status = 'requested'
BEGIN
    SELECT raise(ABORT, 'change_without_appointment') WHERE NOT EXISTS (
        SELECT 1 FROM appointments WHERE id = NEW.appointment AND status = 'confirmed');
END;
CREATE TRIGGER slot_taken_on_update BEFORE UPDATE OF starts_at, ends_at, status ON appointments
WHEN NEW.status IN ('requested', 'confirmed')
 AND (OLD.status NOT IN ('requested', 'confirmed')
      OR NEW.starts_at <> OLD.starts_at OR NEW.ends_at <> OLD.ends_at)
BEGIN
    SELECT raise(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM taken
        WHERE appointment <> NEW.id
          AND starts_at > NEW.starts_at - 86400
          AND starts_at < NEW.ends_at
          AND ends_at > NEW.starts_at);
END;
CREATE TRIGGER slot_taken_on_changed_change BEFORE UPDATE OF appointment, starts_at, ends_at, status ON "reschedule_requests"
WHEN NEW.status = 'requested'
 AND (OLD.status <> 'requested' OR NEW.appointment <> OLD.appointment
      OR NEW.starts_at <> OLD.starts_at OR NEW.ends_at <> OLD.ends_at)
BEGIN
    SELECT raise(ABORT, 'slot_taken') WHERE EXISTS (
        SELECT 1 FROM taken
        WHERE appointment <> NEW.appointment
          AND starts_at > NEW.starts_at - 86400
          AND starts_at < NEW.ends_at
          AND ends_at > NEW.starts_at);
END;
CREATE TRIGGER changed_change_of_a_confirmed_appointment BEFORE UPDATE OF appointment, status ON "reschedule_requests"
WHEN NEW.status = 'requested' AND (OLD.status <> 'requested' OR NEW.appointment <> OLD.appointment)
BEGIN
    SELECT raise(ABORT, 'change_without_appointment') WHERE NOT EXISTS (
        SELECT 1 FROM appointments WHERE id = NEW.appointment AND status = 'confirmed');
END;
CREATE TRIGGER appointment_ends_after_its_change BEFORE UPDATE OF status ON appointments
WHEN OLD.status = 'confirmed' AND NEW.status <> 'confirmed'
BEGIN
    SELECT raise(ABORT, 'change_without_appointment') WHERE EXISTS (
        SELECT 1 FROM "reschedule_requests" WHERE appointment = NEW.id AND status = 'requested');
END;
CREATE INDEX clients_by_phone ON clients (phone) WHERE phone IS NOT NULL;
CREATE INDEX clients_by_name_key ON clients (name_key);
CREATE INDEX clients_by_phone_key ON clients (phone_key) WHERE phone_key IS NOT NULL;
CREATE INDEX appointments_by_email ON appointments (email_key) WHERE email_key IS NOT NULL;
CREATE INDEX appointments_by_phone ON appointments (phone) WHERE phone IS NOT NULL;
CREATE INDEX sent_forms_by_key ON sent_forms (key_hash);
CREATE INDEX sent_forms_by_expiry ON sent_forms (expires_at);
CREATE INDEX sent_forms_by_appointment ON sent_forms (appointment);
CREATE INDEX unproven_requests_by_mailbox ON unproven_requests (mailbox, sent_at);
CREATE INDEX unproven_requests_by_time ON unproven_requests (sent_at);
CREATE INDEX appointments_taken_back ON appointments (requested_at) WHERE cancelled_by = 'client';
CREATE INDEX emails_waiting ON emails (next_attempt_at) WHERE outcome = 'waiting';
CREATE INDEX emails_by_appointment ON emails (appointment);
CREATE INDEX emails_unsettled ON emails (outcome_at) WHERE outcome = 'given_up' AND settled_at IS NULL;
CREATE INDEX emails_sent ON emails (outcome_at) WHERE outcome = 'sent';
CREATE INDEX links_by_expiry ON links (expires_at);
CREATE INDEX links_by_appointment ON links (appointment);
CREATE UNIQUE INDEX one_open_reschedule_request_per_appointment
    ON reschedule_requests (appointment) WHERE status = 'requested';
CREATE INDEX reschedule_requests_by_start ON reschedule_requests (starts_at) WHERE status = 'requested';
CREATE INDEX reschedule_requests_by_appointment ON reschedule_requests (appointment);
CREATE INDEX calls_by_appointment ON calls (appointment);
CREATE INDEX acts_running ON acts (ends_at) WHERE outcome = 'running';
CREATE INDEX acted_on_by_appointment ON acted_on (appointment);
CREATE INDEX emails_by_act ON emails (act) WHERE act IS NOT NULL;
CREATE INDEX emails_set_aside ON emails (set_aside_by) WHERE set_aside_by IS NOT NULL;
CREATE VIEW emails_in_turn AS
SELECT * FROM emails AS email INDEXED BY emails_waiting
WHERE outcome = 'waiting'
  AND set_aside_by IS NULL
  AND NOT EXISTS (
      SELECT 1 FROM emails AS older
      WHERE older.appointment = email.appointment
        AND older.side = email.side
        AND older.outcome = 'waiting'
        AND older.set_aside_by IS NULL
        AND older.id < email.id);
CREATE INDEX calls_by_act ON calls (act) WHERE act IS NOT NULL;
CREATE INDEX calls_set_aside ON calls (set_aside_by) WHERE set_aside_by IS NOT NULL;
CREATE UNIQUE INDEX one_open_call_per_appointment_and_matter
    ON calls (appointment, about = 'new_address') WHERE done_at IS NULL AND set_aside_by IS NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('calls',0);
INSERT INTO "sqlite_sequence" VALUES('acts',2);
COMMIT;
