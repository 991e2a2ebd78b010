-- A file as schema 24 left it: what a server with invented appointments had written.
BEGIN TRANSACTION;
CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
INSERT INTO "_sqlx_migrations" VALUES(1,'practice','2026-11-27 17:57:24',1,X'35357097F4DA63B10FC36F49ED8864D1F21B27FE4FC276FDF99C651B51E34D74ECFE0C16778617D4AC3B0A15E8DEC33E',2640682);
INSERT INTO "_sqlx_migrations" VALUES(2,'the therapists plans','2026-11-27 17:57:24',1,X'2414B2D7AC884B761E8A0E300FDBDAD164B1B5A2F6707B306098D736DF903331C8F8361B8380E11D368581E9D320C9D1',5178622);
INSERT INTO "_sqlx_migrations" VALUES(3,'a call about the address','2026-11-27 17:57:24',1,X'96223A45980E966B7123EA98E1E6792EE0BE3AD8199F22622286D1C7986ECFB7431A7328CEF29044B72D6ADE0E47CC8E',827379);
INSERT INTO "_sqlx_migrations" VALUES(4,'zone and currency','2026-11-27 17:57:24',1,X'78B66E7323B6CFB215A1904B8AAB415B60D44CC92E1430C12DDAD0D3B277F0D2DF645645C3E4BF12566886E1673A58ED',562005);
INSERT INTO "_sqlx_migrations" VALUES(5,'what grows','2026-11-27 17:57:24',1,X'B4912E6695604DD4B0A4ECA705E6A394992FC58D3DD7E8AE9294F0556EE5D4D10B0CBB77A65B4D11F0A7825BE842FE3F',825676);
INSERT INTO "_sqlx_migrations" VALUES(6,'guards','2026-11-27 17:57:24',1,X'87066D1448BC568E70F4BAC43CA5BC6A5EEFBCA50C44CDE347B105FCAAA742CBE0C6B942EF6E6AEC4C9984026D82DBE9',992054);
INSERT INTO "_sqlx_migrations" VALUES(7,'email in trouble','2026-11-27 17:57:24',1,X'A34A859F4D27EF750C8DAA23A629FCAB26C38FEA0AFCE88BC976FEAA0863A6D8E750FF8152EADDF8FA4B03ABA2E3CA0D',4682265);
INSERT INTO "_sqlx_migrations" VALUES(8,'trials','2026-11-27 17:57:24',1,X'19CF6DEB0B231D56A0D548C50A828BA3767C4B9240AC8042660591EFC9FD44D4504FC4799BCD6EFF26A49515F434B7DB',753559);
INSERT INTO "_sqlx_migrations" VALUES(9,'what is looked up','2026-11-27 17:57:24',1,X'397F68B05E430BA06841D8811576128308D5A2B568399CBA3BC4658D3187C1F2DCA2B45F22AA7FD3E7EACB6555FF421B',981382);
INSERT INTO "_sqlx_migrations" VALUES(10,'conflicts','2026-11-27 17:57:24',1,X'E87CBC35DC6162E467FEA1A9D957A3E13C36FE651F4AB6E16BCAC768FF250D3467F8BF26DA818F85E732568CB8DA0856',972234);
INSERT INTO "_sqlx_migrations" VALUES(11,'identity keys','2026-11-27 17:57:24',1,X'A59F3F6CFDB405DEE0910BB7CD0DC8450B672D353266F74A262103A6BC9700064B972EF0ED52CD20395FFF7BC5199DE9',2058778);
INSERT INTO "_sqlx_migrations" VALUES(12,'sent forms','2026-11-27 17:57:24',1,X'89F1067316EDC2C562CADBC082DBB3942699FA0ED977D30330F19E675154B6161CDFD5B547C79552E81726FFC3082392',995199);
INSERT INTO "_sqlx_migrations" VALUES(13,'unproven requests','2026-11-27 17:57:24',1,X'732168995D6452600A47111DE73D06C92353ADDE4ABDB902A3F6C4C88CE865E693FBC96FBE0FED70866B9034516E7A4C',846136);
INSERT INTO "_sqlx_migrations" VALUES(14,'what canceling costs','2026-11-27 17:57:24',1,X'95522E9DBB79DEE033C0012D04C604BF34F3AEF8D9FB41A647F3DD6B9B91C8E2F2709EA9CB2F9F2255505D8EAFA4FE68',4300848);
INSERT INTO "_sqlx_migrations" VALUES(15,'what the reader knows','2026-11-27 17:57:24',1,X'3A3DE0AAD09315B1566E72D5FC8B6268D41ED09BA59CC98FB6FB4B6E3CB6AC4C1BF9C234CD51BD0129478884DA8146F6',3169638);
INSERT INTO "_sqlx_migrations" VALUES(16,'emails','2026-11-27 17:57:24',1,X'C32DDE480E6D8386324178FF76B6A20CDC072D4325301AD1B7886DDA2969B425D8AB34FED8B318ECDA2E969B199A14D4',9302637);
INSERT INTO "_sqlx_migrations" VALUES(17,'overrides and reschedule requests','2026-11-27 17:57:24',1,X'10BF07FF4D1DC12496145B5421785FDCA315367D82BB1B1D865B0B3B4B0831287438BADE4CD90C6A1B31887D75F4B197',7305020);
INSERT INTO "_sqlx_migrations" VALUES(18,'pause','2026-11-27 17:57:24',1,X'11E54A99C6F3EEF143BA161D38F7C7D749A053C19902ABCAAB5B31B837DF7957A62C999FDF3344896F19D1FC8569F7BA',3020887);
INSERT INTO "_sqlx_migrations" VALUES(19,'reschedule requests in emails and calls','2026-11-27 17:57:24',1,X'63086A47A76459207480BC57B2A3909849563F3B9B550C85EB3AD18E5443908872EC350D32694011001F15A2FADD46ED',3867705);
INSERT INTO "_sqlx_migrations" VALUES(21,'acts','2026-11-27 17:57:24',1,X'9460E30C533F3A94C1D6C62A72295E3EBB604AC325BD1DB78C15BEBF0B8BABCAD330352550FEF4E39D44A37512586855',7440161);
INSERT INTO "_sqlx_migrations" VALUES(22,'clients','2026-11-27 17:57:24',1,X'4BC51EA5A0BC3C06E45106B015C28DCE58FCD6DC1075BC27144EECCAA7C0B8D0E6B6C7F8329AE3172112DFB5D105DAB4',5150791);
INSERT INTO "_sqlx_migrations" VALUES(23,'account','2026-11-27 17:57:24',1,X'F346E6E39EAAEABCEE6C2BD64D32DFADF34BEBF53E3E6138C99AA9C78E1B8B75AC1AB6414B1A849D9B4C1A012A9BA379',10506455);
INSERT INTO "_sqlx_migrations" VALUES(24,'emails at the desk','2026-11-27 17:57:24',1,X'6351A59A41764F1DDA85B10F9084F45B0A03937D014A4D844F1D3044DFEDAA732B152FDD2E599359361B1A2DD04B80C2',3218921);
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
    CONSTRAINT cancelled_by_a_side CHECK (cancelled_by IN ('client', 'therapist')),
    CONSTRAINT is_late_is_yes_or_no CHECK (is_late IN (0, 1)),
    CONSTRAINT uid_is_unique UNIQUE (uid),
    CONSTRAINT same_form_is_one_request UNIQUE (request_digest)
) STRICT;
INSERT INTO "appointments" VALUES(1,1,'redding','neuromuscular-90','Long neuromuscular session',1793998800,1794004200,15,13500,'arrived','June Okafor','june.okafor@example.com','june.okafor@example.com','+15305550133',NULL,1793221200,1793221200,1793228400,NULL,NULL,0,NULL,'872f1a46dba1c9766173863db1deb90a@demo.invalid',0,NULL,'',1793912400,6750,50);
INSERT INTO "appointments" VALUES(2,2,'mt-shasta','neuromuscular-90','Long neuromuscular session',1794243600,1794249000,15,13500,'arrived','Walt Brennan',NULL,NULL,'+15305550117',NULL,1793466000,1793466000,1793473200,NULL,NULL,0,NULL,'0eb6d81eec9849efc340fb4351f88a80@demo.invalid',0,NULL,'',1794157200,6750,50);
INSERT INTO "appointments" VALUES(3,3,'mt-shasta','craniosacral-60','Biodynamic craniosacral session',1794250800,1794254400,15,9500,'arrived','Grace Kim','grace.kim@example.com','grace.kim@example.com','+15305550147',NULL,1793473200,1793473200,1793480400,NULL,NULL,0,NULL,'4fe365c78a9c69c8e24f4f1bbef489ee@demo.invalid',0,NULL,'',1794164400,4750,50);
INSERT INTO "appointments" VALUES(4,4,'mt-shasta','neuromuscular-90','Long neuromuscular session',1794416400,1794421800,15,13500,'no_show','Peter Lindqvist','peter.lindqvist@example.com','peter.lindqvist@example.com','+15305550158',NULL,1793638800,1793638800,1793646000,NULL,NULL,0,NULL,'a581d8c026c8794e81c4443a3540d4bd@demo.invalid',0,NULL,'',1794330000,6750,50);
INSERT INTO "appointments" VALUES(5,5,'redding','first-visit','First visit',1794502800,1794508200,15,13000,'arrived','Ann O’Brien','ann.obrien@example.com','ann.obrien@example.com','+15305550126',NULL,1793725200,1793725200,1793732400,NULL,NULL,0,NULL,'e2299d011e09a1f6b8fe5c24ff1c0947@demo.invalid',0,NULL,'',1794416400,6500,50);
INSERT INTO "appointments" VALUES(6,6,'redding','craniosacral-60','Biodynamic craniosacral session',1794679200,1794682800,15,9500,'arrived','Dale Murphy',NULL,NULL,'+15305550195',NULL,1793901600,1793901600,1793908800,NULL,NULL,0,NULL,'c1190cd0bc24a4f64fac212874de2fd0@demo.invalid',0,NULL,'',1794592800,4750,50);
INSERT INTO "appointments" VALUES(7,7,'mt-shasta','neuromuscular-90','Long neuromuscular session',1794848400,1794853800,15,13500,'arrived','Marisol Vega','marisol.vega@example.com','marisol.vega@example.com','+15305550171',NULL,1794070800,1794070800,1794078000,NULL,NULL,0,NULL,'baf8328581b1fa84ff0e189675fe15b1@demo.invalid',0,NULL,'',1794762000,6750,50);
INSERT INTO "appointments" VALUES(8,8,'mt-shasta','craniosacral-60','Biodynamic craniosacral session',1794868200,1794871800,15,9500,'arrived','Hiro Tanaka','hiro.tanaka@example.com','hiro.tanaka@example.com','+15305550163',NULL,1794090600,1794090600,1794097800,NULL,NULL,0,NULL,'67646b00f0feaa7603c58f5ec8edad2b@demo.invalid',0,NULL,'',1794781800,4750,50);
INSERT INTO "appointments" VALUES(9,9,'redding','neuromuscular-90','Long neuromuscular session',1794942000,1794947400,15,13500,'arrived','Nadia Petrov','nadia.petrov@example.com','nadia.petrov@example.com','+15305550112',NULL,1794164400,1794164400,1794171600,NULL,NULL,0,NULL,'245d33dcb3bdd6cfb249103f2ead7c07@demo.invalid',0,NULL,'',1794855600,6750,50);
INSERT INTO "appointments" VALUES(10,10,'redding','neuromuscular-60','Neuromuscular session',1794952800,1794956400,15,9500,'arrived','Tom Abara',NULL,NULL,'+15305550109',NULL,1794175200,1794175200,1794182400,NULL,NULL,0,NULL,'3c82ed05e61e6935926e38bdb0799940@demo.invalid',0,NULL,'',1794866400,4750,50);
INSERT INTO "appointments" VALUES(11,11,'redding','neuromuscular-60','Neuromuscular session',1795122000,1795125600,15,9500,'arrived','Leila Haddad','leila.haddad@example.com','leila.haddad@example.com','+15305550184',NULL,1794344400,1794344400,1794351600,NULL,NULL,0,NULL,'7ba886da8a679af2143a15a681d1d0c4@demo.invalid',0,NULL,'',1795035600,4750,50);
INSERT INTO "appointments" VALUES(12,12,'redding','craniosacral-60','Biodynamic craniosacral session',1795222800,1795226400,15,9500,'arrived','Elena Ruiz','elena.ruiz@example.com','elena.ruiz@example.com','+15305550168',NULL,1794445200,1794445200,1794452400,NULL,NULL,0,NULL,'5a1bfb4872b61854eb3857547ccdacb9@demo.invalid',0,NULL,'',1795136400,4750,50);
INSERT INTO "appointments" VALUES(13,13,'mt-shasta','craniosacral-60','Biodynamic craniosacral session',1795462200,1795465800,15,9500,'arrived','Rosa Delgado','rosa.delgado@example.com','rosa.delgado@example.com','+15305550142',NULL,1794684600,1794684600,1794691800,NULL,NULL,0,NULL,'abec2ff714159d28dcfb35f6c9876718@demo.invalid',0,NULL,'',1795375800,4750,50);
INSERT INTO "appointments" VALUES(14,14,'mt-shasta','first-visit','First visit',1795467600,1795473000,15,13000,'arrived','Sam Whitefeather','sam.whitefeather@example.com','sam.whitefeather@example.com','+15305550151',NULL,1794690000,1794690000,1794697200,NULL,NULL,0,NULL,'0ebfbeab0b85f117814b53043f3bb7e4@demo.invalid',0,NULL,'',1795381200,6500,50);
INSERT INTO "appointments" VALUES(15,1,'mt-shasta','craniosacral-60','Biodynamic craniosacral session',1795631400,1795635000,15,9500,'no_show','June Okafor','june.okafor@example.com','june.okafor@example.com','+15305550133',NULL,1794853800,1794853800,1794861000,NULL,NULL,0,NULL,'db545d9eca26a6ec9ca270bf9e5f3c38@demo.invalid',0,NULL,'',1795545000,4750,50);
INSERT INTO "appointments" VALUES(16,2,'redding','neuromuscular-60','Neuromuscular session',1795716000,1795719600,15,9500,'arrived','Walt Brennan',NULL,NULL,'+15305550117',NULL,1794938400,1794938400,1794945600,NULL,NULL,0,NULL,'a5270957dfb661c60673269d67355a92@demo.invalid',0,NULL,'',1795629600,4750,50);
INSERT INTO "appointments" VALUES(17,3,'mt-shasta','first-visit','First visit',1795892400,1795897800,15,13000,'confirmed','Grace Kim','grace.kim@example.com','grace.kim@example.com','+15305550147',NULL,1795114800,1795114800,1795122000,NULL,NULL,0,NULL,'46d1e8c46e8bbba3e5b02c5d84a401f7@demo.invalid',0,NULL,'',1795806000,6500,50);
INSERT INTO "appointments" VALUES(18,4,'mt-shasta','first-visit','First visit',1796068800,1796074200,15,13000,'requested','Peter Lindqvist','peter.lindqvist@example.com','peter.lindqvist@example.com','+15305550158','A room on the ground floor would help, please.',1795799846,1795886246,NULL,NULL,NULL,0,NULL,'56fbfd4bb5f9605adfdf97b0d52cbb46@demo.invalid',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "appointments" VALUES(19,5,'mt-shasta','craniosacral-60','Biodynamic craniosacral session',1796083200,1796086800,15,9500,'confirmed','Ann O’Brien','ann.obrien@example.com','ann.obrien@example.com','+15305550126',NULL,1795305600,1795305600,1795312800,NULL,NULL,0,NULL,'ac28bb7b74d98225725f1c6ac83bea24@demo.invalid',0,NULL,'',1795996800,4750,50);
INSERT INTO "appointments" VALUES(20,6,'redding','neuromuscular-90','Long neuromuscular session',1796144400,1796149800,15,13500,'confirmed','Dale Murphy',NULL,NULL,'+15305550195',NULL,1795366800,1795366800,1795374000,NULL,NULL,0,NULL,'55e5db67d1980b9f864b6259d2b2324c@demo.invalid',0,NULL,'',1796058000,6750,50);
INSERT INTO "appointments" VALUES(21,7,'redding','craniosacral-60','Biodynamic craniosacral session',1796160600,1796164200,15,9500,'confirmed','Marisol Vega','marisol.vega@example.com','marisol.vega@example.com','+15305550171',NULL,1795383000,1795383000,1795390200,NULL,NULL,0,NULL,'7a2f41a53f321730ec2802a9dbeb51cf@demo.invalid',0,NULL,'',1796074200,4750,50);
INSERT INTO "appointments" VALUES(22,8,'redding','neuromuscular-90','Long neuromuscular session',1796317200,1796322600,15,13500,'requested','Hiro Tanaka','hiro.tanaka@example.com','hiro.tanaka@example.com','+15305550163','Mornings are the best time to call.',1795797446,1795883846,NULL,NULL,NULL,0,NULL,'760d1602e084a9446df0ad647596806b@demo.invalid',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "appointments" VALUES(23,9,'redding','first-visit','First visit',1796418000,1796423400,15,13000,'confirmed','Nadia Petrov','nadia.petrov@example.com','nadia.petrov@example.com','+15305550112',NULL,1795640400,1795640400,1795647600,NULL,NULL,0,NULL,'d8d4070eea389c021bee96b1936068f1@demo.invalid',0,NULL,'',1796331600,6500,50);
INSERT INTO "appointments" VALUES(24,10,'mt-shasta','first-visit','First visit',1796662800,1796668200,15,13000,'confirmed','Tom Abara',NULL,NULL,'+15305550109',NULL,1795694246,1795694246,1795701446,NULL,NULL,0,NULL,'2172f8b1458631721ab8c66fa0aae0a4@demo.invalid',0,NULL,'',1796576400,6500,50);
INSERT INTO "appointments" VALUES(25,11,'mt-shasta','neuromuscular-60','Neuromuscular session',1796686200,1796689800,15,9500,'confirmed','Leila Haddad','leila.haddad@example.com','leila.haddad@example.com','+15305550184',NULL,1795694246,1795694246,1795701446,NULL,NULL,0,NULL,'a4fbb000cf6f2e96a235d01abfa8074f@demo.invalid',0,NULL,'',1796599800,4750,50);
INSERT INTO "appointments" VALUES(26,12,'mt-shasta','first-visit','First visit',1796835600,1796841000,15,13000,'requested','Elena Ruiz','elena.ruiz@example.com','elena.ruiz@example.com','+15305550168','I come by bus and may be five minutes late.',1795795046,1795881446,NULL,NULL,NULL,0,NULL,'7be149cc72df8cc7abed2ffa84b4bf3b@demo.invalid',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "appointments" VALUES(27,13,'redding','neuromuscular-90','Long neuromuscular session',1796922000,1796927400,15,13500,'confirmed','Rosa Delgado','rosa.delgado@example.com','rosa.delgado@example.com','+15305550142',NULL,1795694246,1795694246,1795701446,NULL,NULL,0,NULL,'effb8188b38f77e1ce9ec9dde77944d6@demo.invalid',0,NULL,'',1796835600,6750,50);
INSERT INTO "appointments" VALUES(28,14,'redding','neuromuscular-60','Neuromuscular session',1797098400,1797102000,15,9500,'confirmed','Sam Whitefeather','sam.whitefeather@example.com','sam.whitefeather@example.com','+15305550151',NULL,1795694246,1795694246,1795701446,NULL,NULL,0,NULL,'d9bf4616cc0cac6474b1b6f6da6822eb@demo.invalid',0,NULL,'',1797012000,4750,50);
INSERT INTO "appointments" VALUES(29,1,'mt-shasta','first-visit','First visit',1797267600,1797273000,15,13000,'confirmed','June Okafor','june.okafor@example.com','june.okafor@example.com','+15305550133',NULL,1795694246,1795694246,1795701446,NULL,NULL,0,NULL,'c9595ba16894003d9c5a5f847b1147af@demo.invalid',0,NULL,'',1797181200,6500,50);
INSERT INTO "appointments" VALUES(30,2,'mt-shasta','neuromuscular-60','Neuromuscular session',1797283800,1797287400,15,9500,'confirmed','Walt Brennan',NULL,NULL,'+15305550117',NULL,1795694246,1795694246,1795701446,NULL,NULL,0,NULL,'964664f51dc86937a86e896cd082b440@demo.invalid',0,NULL,'',1797197400,4750,50);
INSERT INTO "appointments" VALUES(31,3,'redding','craniosacral-60','Biodynamic craniosacral session',1797354000,1797357600,15,9500,'confirmed','Grace Kim','grace.kim@example.com','grace.kim@example.com','+15305550147',NULL,1795694246,1795694246,1795701446,NULL,NULL,0,NULL,'869882cc31605bd7daafa74413c0b7dd@demo.invalid',0,NULL,'',1797267600,4750,50);
INSERT INTO "appointments" VALUES(32,4,'redding','first-visit','First visit',1797366600,1797372000,15,13000,'confirmed','Peter Lindqvist','peter.lindqvist@example.com','peter.lindqvist@example.com','+15305550158',NULL,1795694246,1795694246,1795701446,NULL,NULL,0,NULL,'9baf1945b43c2f0fe11c62bb48ca48c7@demo.invalid',0,NULL,'',1797280200,6500,50);
INSERT INTO "appointments" VALUES(33,5,'redding','craniosacral-60','Biodynamic craniosacral session',1797550200,1797553800,15,9500,'confirmed','Ann O’Brien','ann.obrien@example.com','ann.obrien@example.com','+15305550126',NULL,1795694246,1795694246,1795701446,NULL,NULL,0,NULL,'dfc8443c537cb7110613af7a275ba029@demo.invalid',0,NULL,'',1797463800,4750,50);
INSERT INTO "appointments" VALUES(34,6,'redding','neuromuscular-60','Neuromuscular session',1797638400,1797642000,15,9500,'confirmed','Dale Murphy',NULL,NULL,'+15305550195',NULL,1795694246,1795694246,1795701446,NULL,NULL,0,NULL,'ebe2ae48a4f80e215a17348a64d79381@demo.invalid',0,NULL,'',1797552000,4750,50);
INSERT INTO "appointments" VALUES(35,7,'mt-shasta','neuromuscular-90','Long neuromuscular session',1797872400,1797877800,15,13500,'confirmed','Marisol Vega','marisol.vega@example.com','marisol.vega@example.com','+15305550171',NULL,1795694246,1795694246,1795701446,NULL,NULL,0,NULL,'4c26be7139f47a069264045bfeaa33a8@demo.invalid',0,NULL,'',1797786000,6750,50);
INSERT INTO "appointments" VALUES(36,8,'mt-shasta','neuromuscular-60','Neuromuscular session',1797890400,1797894000,15,9500,'confirmed','Hiro Tanaka','hiro.tanaka@example.com','hiro.tanaka@example.com','+15305550163',NULL,1795694246,1795694246,1795701446,NULL,NULL,0,NULL,'8b1b4248904a85a27623ed8e1bed0902@demo.invalid',0,NULL,'',1797804000,4750,50);
INSERT INTO "appointments" VALUES(37,9,'mt-shasta','neuromuscular-60','Neuromuscular session',1798059600,1798063200,15,9500,'confirmed','Nadia Petrov','nadia.petrov@example.com','nadia.petrov@example.com','+15305550112',NULL,1795694246,1795694246,1795701446,NULL,NULL,0,NULL,'ed01aabd1c445b1605f62914327f4f34@demo.invalid',0,NULL,'',1797973200,4750,50);
INSERT INTO "appointments" VALUES(38,10,'redding','craniosacral-60','Biodynamic craniosacral session',1798144200,1798147800,15,9500,'confirmed','Tom Abara',NULL,NULL,'+15305550109',NULL,1795694246,1795694246,1795701446,NULL,NULL,0,NULL,'11d17bdfca3d98479f8c91a8b55d6b9c@demo.invalid',0,NULL,'',1798057800,4750,50);
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
CREATE TABLE client_aliases (
    client        INTEGER PRIMARY KEY REFERENCES clients (id),
    -- The record under which the person is found, which may be an alias itself.
    person        INTEGER NOT NULL REFERENCES clients (id),
    -- What the therapist chose to take from the alias; the rest is as it was.
    takes_name    INTEGER NOT NULL,
    takes_goes_by INTEGER NOT NULL,
    takes_email   INTEGER NOT NULL,
    takes_phone   INTEGER NOT NULL,
    merged_at     INTEGER NOT NULL,
    CONSTRAINT nobody_is_their_own_alias CHECK (client <> person)
) STRICT;
CREATE TABLE clients (
    id         INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL,
    email      TEXT,
    phone      TEXT,
    -- The forms by which two spellings are the same.
    name_key   TEXT    NOT NULL,
    email_key  TEXT,
    created_at INTEGER NOT NULL, phone_key TEXT, goes_by TEXT, note TEXT, revision INTEGER NOT NULL DEFAULT 0, erased_at INTEGER,
    CONSTRAINT email_has_its_key CHECK ((email IS NULL) = (email_key IS NULL))
) STRICT;
INSERT INTO "clients" VALUES(1,'June Okafor','june.okafor@example.com','+15305550133','june okafor','june.okafor@example.com',1795802246,'+15305550133',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(2,'Walt Brennan',NULL,'+15305550117','walt brennan',NULL,1795802246,'+15305550117',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(3,'Grace Kim','grace.kim@example.com','+15305550147','grace kim','grace.kim@example.com',1795802246,'+15305550147',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(4,'Peter Lindqvist','peter.lindqvist@example.com','+15305550158','peter lindqvist','peter.lindqvist@example.com',1795802246,'+15305550158',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(5,'Ann O’Brien','ann.obrien@example.com','+15305550126','ann obrien','ann.obrien@example.com',1795802246,'+15305550126',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(6,'Dale Murphy',NULL,'+15305550195','dale murphy',NULL,1795802246,'+15305550195',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(7,'Marisol Vega','marisol.vega@example.com','+15305550171','marisol vega','marisol.vega@example.com',1795802246,'+15305550171',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(8,'Hiro Tanaka','hiro.tanaka@example.com','+15305550163','hiro tanaka','hiro.tanaka@example.com',1795802246,'+15305550163',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(9,'Nadia Petrov','nadia.petrov@example.com','+15305550112','nadia petrov','nadia.petrov@example.com',1795802246,'+15305550112',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(10,'Tom Abara',NULL,'+15305550109','tom abara',NULL,1795802246,'+15305550109',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(11,'Leila Haddad','leila.haddad@example.com','+15305550184','leila haddad','leila.haddad@example.com',1795802246,'+15305550184',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(12,'Elena Ruiz','elena.ruiz@example.com','+15305550168','elena ruiz','elena.ruiz@example.com',1795802246,'+15305550168',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(13,'Rosa Delgado','rosa.delgado@example.com','+15305550142','rosa delgado','rosa.delgado@example.com',1795802246,'+15305550142',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(14,'Sam Whitefeather','sam.whitefeather@example.com','+15305550151','sam whitefeather','sam.whitefeather@example.com',1795802246,'+15305550151',NULL,NULL,0,NULL);
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
    CONSTRAINT may_have_come_is_yes_or_no CHECK (may_have_come IN (0, 1)), settled_at INTEGER, before_office TEXT, before_start INTEGER, before_status TEXT, act INTEGER REFERENCES acts (id) ON DELETE SET NULL, held_until INTEGER, set_aside_by INTEGER REFERENCES acts (id) ON DELETE SET NULL, is_listed INTEGER NOT NULL DEFAULT 1
    CONSTRAINT is_listed_is_yes_or_no CHECK (is_listed IN (0, 1)), answer TEXT, came_back_at INTEGER,
    CONSTRAINT one_letter_per_event UNIQUE (key),
    CONSTRAINT side_is_known CHECK (side IN ('client', 'therapist')),
    CONSTRAINT outcome_is_known CHECK (outcome IN ('waiting', 'sent', 'given_up', 'lapsed')),
    CONSTRAINT calendar_has_its_method CHECK ((calendar IS NULL) = (calendar_method IS NULL))
) STRICT;
CREATE TABLE first_booking_decides (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    weekdays INTEGER NOT NULL CHECK (weekdays BETWEEN 0 AND 127)
) STRICT;
CREATE TABLE half_sign_ins (
    token_hash  BLOB    PRIMARY KEY,
    browser     TEXT    NOT NULL,
    expires_at  INTEGER NOT NULL,
    wrong_codes INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
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
CREATE TABLE recovery_codes (
    code_hash BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
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
INSERT INTO "reschedule_requests" VALUES(1,19,'mt-shasta',1796230800,1796234400,1795796846,1795883246,'requested',NULL);
CREATE TABLE returned_addresses (
    email_key TEXT    PRIMARY KEY,
    since     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE second_step (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    -- Encrypted with the key file, which lies beside this file and not in it.
    secret      BLOB    NOT NULL,
    on_since    INTEGER NOT NULL,
    -- The thirty seconds of the last code that was taken: none is taken twice.
    last_step   INTEGER NOT NULL,
    -- After a right password alone, so that nobody else can use them up.
    wrong_codes INTEGER NOT NULL DEFAULT 0,
    wrong_since INTEGER NOT NULL DEFAULT 0
) STRICT;
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
INSERT INTO "served" VALUES(1,'http://127.0.0.1:8190');
CREATE TABLE sessions (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash BLOB    NOT NULL,
    expires_at INTEGER NOT NULL,
    -- NULL: it began before this was noted.
    begun_at   INTEGER,
    -- In words, "Firefox on Android"; the rest of what a browser says of itself is not kept.
    browser    TEXT,
    CONSTRAINT session_has_its_token UNIQUE (token_hash)
) STRICT;
ANALYZE "sqlite_master";
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
, given_in TEXT NOT NULL DEFAULT 'server'
    CONSTRAINT given_in_is_known CHECK (given_in IN ('server', 'email'))) STRICT, WITHOUT ROWID;
INSERT INTO "welcome_links" VALUES(X'CE6694796F95A98CE3BEF07BB7B515A09901EB064E7AC869ACAE1FB9CC65F73B',1795805844,'server');
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
CREATE INDEX client_aliases_by_person ON client_aliases (person);
CREATE INDEX emails_unlisted ON emails (written_at) WHERE is_listed = 0;
CREATE INDEX emails_with_trouble ON emails (id)
    WHERE outcome = 'given_up' OR came_back_at IS NOT NULL OR (outcome = 'waiting' AND trouble IS NOT NULL);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('calls',0);
INSERT INTO "sqlite_sequence" VALUES('sessions',0);
COMMIT;
