-- A file as schema 19 left it: what a server with invented appointments had written.
BEGIN TRANSACTION;
CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
INSERT INTO "_sqlx_migrations" VALUES(1,'practice','2026-11-27 12:12:19',1,X'35357097F4DA63B10FC36F49ED8864D1F21B27FE4FC276FDF99C651B51E34D74ECFE0C16778617D4AC3B0A15E8DEC33E',3211369);
INSERT INTO "_sqlx_migrations" VALUES(2,'the therapists plans','2026-11-27 12:12:19',1,X'2414B2D7AC884B761E8A0E300FDBDAD164B1B5A2F6707B306098D736DF903331C8F8361B8380E11D368581E9D320C9D1',36714152);
INSERT INTO "_sqlx_migrations" VALUES(3,'a call about the address','2026-11-27 12:12:19',1,X'96223A45980E966B7123EA98E1E6792EE0BE3AD8199F22622286D1C7986ECFB7431A7328CEF29044B72D6ADE0E47CC8E',7289297);
INSERT INTO "_sqlx_migrations" VALUES(4,'zone and currency','2026-11-27 12:12:19',1,X'78B66E7323B6CFB215A1904B8AAB415B60D44CC92E1430C12DDAD0D3B277F0D2DF645645C3E4BF12566886E1673A58ED',9018345);
INSERT INTO "_sqlx_migrations" VALUES(5,'what grows','2026-11-27 12:12:19',1,X'B4912E6695604DD4B0A4ECA705E6A394992FC58D3DD7E8AE9294F0556EE5D4D10B0CBB77A65B4D11F0A7825BE842FE3F',2299285);
INSERT INTO "_sqlx_migrations" VALUES(6,'guards','2026-11-27 12:12:19',1,X'87066D1448BC568E70F4BAC43CA5BC6A5EEFBCA50C44CDE347B105FCAAA742CBE0C6B942EF6E6AEC4C9984026D82DBE9',2020811);
INSERT INTO "_sqlx_migrations" VALUES(7,'email in trouble','2026-11-27 12:12:19',1,X'A34A859F4D27EF750C8DAA23A629FCAB26C38FEA0AFCE88BC976FEAA0863A6D8E750FF8152EADDF8FA4B03ABA2E3CA0D',5734408);
INSERT INTO "_sqlx_migrations" VALUES(8,'trials','2026-11-27 12:12:19',1,X'19CF6DEB0B231D56A0D548C50A828BA3767C4B9240AC8042660591EFC9FD44D4504FC4799BCD6EFF26A49515F434B7DB',1127294);
INSERT INTO "_sqlx_migrations" VALUES(9,'what is looked up','2026-11-27 12:12:19',1,X'397F68B05E430BA06841D8811576128308D5A2B568399CBA3BC4658D3187C1F2DCA2B45F22AA7FD3E7EACB6555FF421B',4770205);
INSERT INTO "_sqlx_migrations" VALUES(10,'conflicts','2026-11-27 12:12:19',1,X'E87CBC35DC6162E467FEA1A9D957A3E13C36FE651F4AB6E16BCAC768FF250D3467F8BF26DA818F85E732568CB8DA0856',16630721);
INSERT INTO "_sqlx_migrations" VALUES(11,'identity keys','2026-11-27 12:12:19',1,X'A59F3F6CFDB405DEE0910BB7CD0DC8450B672D353266F74A262103A6BC9700064B972EF0ED52CD20395FFF7BC5199DE9',3828717);
INSERT INTO "_sqlx_migrations" VALUES(12,'sent forms','2026-11-27 12:12:19',1,X'89F1067316EDC2C562CADBC082DBB3942699FA0ED977D30330F19E675154B6161CDFD5B547C79552E81726FFC3082392',9981546);
INSERT INTO "_sqlx_migrations" VALUES(13,'unproven requests','2026-11-27 12:12:19',1,X'732168995D6452600A47111DE73D06C92353ADDE4ABDB902A3F6C4C88CE865E693FBC96FBE0FED70866B9034516E7A4C',15526282);
INSERT INTO "_sqlx_migrations" VALUES(14,'what canceling costs','2026-11-27 12:12:19',1,X'95522E9DBB79DEE033C0012D04C604BF34F3AEF8D9FB41A647F3DD6B9B91C8E2F2709EA9CB2F9F2255505D8EAFA4FE68',7917690);
INSERT INTO "_sqlx_migrations" VALUES(15,'what the reader knows','2026-11-27 12:12:19',1,X'3A3DE0AAD09315B1566E72D5FC8B6268D41ED09BA59CC98FB6FB4B6E3CB6AC4C1BF9C234CD51BD0129478884DA8146F6',3634799);
INSERT INTO "_sqlx_migrations" VALUES(16,'emails','2026-11-27 12:12:19',1,X'C32DDE480E6D8386324178FF76B6A20CDC072D4325301AD1B7886DDA2969B425D8AB34FED8B318ECDA2E969B199A14D4',16950066);
INSERT INTO "_sqlx_migrations" VALUES(17,'overrides and reschedule requests','2026-11-27 12:12:19',1,X'10BF07FF4D1DC12496145B5421785FDCA315367D82BB1B1D865B0B3B4B0831287438BADE4CD90C6A1B31887D75F4B197',10267050);
INSERT INTO "_sqlx_migrations" VALUES(18,'pause','2026-11-27 12:12:19',1,X'11E54A99C6F3EEF143BA161D38F7C7D749A053C19902ABCAAB5B31B837DF7957A62C999FDF3344896F19D1FC8569F7BA',6078118);
INSERT INTO "_sqlx_migrations" VALUES(19,'reschedule requests in emails and calls','2026-11-27 15:30:00',1,X'63086A47A76459207480BC57B2A3909849563F3B9B550C85EB3AD18E5443908872EC350D32694011001F15A2FADD46ED',1000000);
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
INSERT INTO "appointments" VALUES(1,1,'redding','neuromuscular-90','Long neuromuscular session',1793998800,1794004200,15,13500,'arrived','June Okafor','june.okafor@example.com','june.okafor@example.com','+15305550133',NULL,1793221200,1793228400,1793228400,NULL,NULL,0,NULL,'1063b62772d51ee9a3ac56a6c33a15b7@demo.invalid',1,NULL,'',1793912400,6750,50);
INSERT INTO "appointments" VALUES(2,2,'mt-shasta','neuromuscular-90','Long neuromuscular session',1794243600,1794249000,15,13500,'arrived','Walt Brennan',NULL,NULL,'+15305550117',NULL,1793466000,1793473200,1793473200,NULL,NULL,0,NULL,'0834ee394dae0c87001919e628647b72@demo.invalid',1,NULL,'',1794157200,6750,50);
INSERT INTO "appointments" VALUES(3,3,'mt-shasta','craniosacral-60','Biodynamic craniosacral session',1794250800,1794254400,15,9500,'arrived','Grace Kim','grace.kim@example.com','grace.kim@example.com','+15305550147',NULL,1793473200,1793480400,1793480400,NULL,NULL,0,NULL,'2df0dab2fc2a9818f9961496d0c00f70@demo.invalid',1,NULL,'',1794164400,4750,50);
INSERT INTO "appointments" VALUES(4,4,'mt-shasta','neuromuscular-90','Long neuromuscular session',1794416400,1794421800,15,13500,'no_show','Peter Lindqvist','peter.lindqvist@example.com','peter.lindqvist@example.com','+15305550158',NULL,1793638800,1793646000,1793646000,NULL,NULL,0,NULL,'260f420c65cc7a0ff7bc6130caa05089@demo.invalid',1,NULL,'',1794330000,6750,50);
INSERT INTO "appointments" VALUES(5,5,'redding','first-visit','First visit',1794502800,1794508200,15,13000,'arrived','Ann O’Brien','ann.obrien@example.com','ann.obrien@example.com','+15305550126',NULL,1793725200,1793732400,1793732400,NULL,NULL,0,NULL,'6fe56c9c2b973fdf4f4d9b7b467379ee@demo.invalid',1,NULL,'',1794416400,6500,50);
INSERT INTO "appointments" VALUES(6,6,'redding','craniosacral-60','Biodynamic craniosacral session',1794679200,1794682800,15,9500,'arrived','Dale Murphy',NULL,NULL,'+15305550195',NULL,1793901600,1793908800,1793908800,NULL,NULL,0,NULL,'424220559453a402a01e28238c9ee9e8@demo.invalid',1,NULL,'',1794592800,4750,50);
INSERT INTO "appointments" VALUES(7,7,'mt-shasta','neuromuscular-90','Long neuromuscular session',1794848400,1794853800,15,13500,'arrived','Marisol Vega','marisol.vega@example.com','marisol.vega@example.com','+15305550171',NULL,1794070800,1794078000,1794078000,NULL,NULL,0,NULL,'9ae9dc4ba8e760bc551ac5e95eb68c01@demo.invalid',1,NULL,'',1794762000,6750,50);
INSERT INTO "appointments" VALUES(8,8,'mt-shasta','craniosacral-60','Biodynamic craniosacral session',1794868200,1794871800,15,9500,'arrived','Hiro Tanaka','hiro.tanaka@example.com','hiro.tanaka@example.com','+15305550163',NULL,1794090600,1794097800,1794097800,NULL,NULL,0,NULL,'939857d54980d84ab33ede7f13909acf@demo.invalid',1,NULL,'',1794781800,4750,50);
INSERT INTO "appointments" VALUES(9,9,'redding','neuromuscular-90','Long neuromuscular session',1794942000,1794947400,15,13500,'arrived','Nadia Petrov','nadia.petrov@example.com','nadia.petrov@example.com','+15305550112',NULL,1794164400,1794171600,1794171600,NULL,NULL,0,NULL,'3c21a7ce5e28fe00c34cc8760a9fc9f3@demo.invalid',1,NULL,'',1794855600,6750,50);
INSERT INTO "appointments" VALUES(10,10,'redding','neuromuscular-60','Neuromuscular session',1794952800,1794956400,15,9500,'arrived','Tom Abara',NULL,NULL,'+15305550109',NULL,1794175200,1794182400,1794182400,NULL,NULL,0,NULL,'63251a7e3dbe960e6b726419b07c8cf5@demo.invalid',1,NULL,'',1794866400,4750,50);
INSERT INTO "appointments" VALUES(11,11,'redding','neuromuscular-60','Neuromuscular session',1795122000,1795125600,15,9500,'arrived','Leila Haddad','leila.haddad@example.com','leila.haddad@example.com','+15305550184',NULL,1794344400,1794351600,1794351600,NULL,NULL,0,NULL,'7e7a7f3c3f1ec1f571b940dc135c16ec@demo.invalid',1,NULL,'',1795035600,4750,50);
INSERT INTO "appointments" VALUES(12,12,'redding','craniosacral-60','Biodynamic craniosacral session',1795222800,1795226400,15,9500,'arrived','Elena Ruiz','elena.ruiz@example.com','elena.ruiz@example.com','+15305550168',NULL,1794445200,1794452400,1794452400,NULL,NULL,0,NULL,'6d3464b23b6eb013171418de97bdfa28@demo.invalid',1,NULL,'',1795136400,4750,50);
INSERT INTO "appointments" VALUES(13,13,'mt-shasta','craniosacral-60','Biodynamic craniosacral session',1795462200,1795465800,15,9500,'arrived','Rosa Delgado','rosa.delgado@example.com','rosa.delgado@example.com','+15305550142',NULL,1794684600,1794691800,1794691800,NULL,NULL,0,NULL,'7f2281cbb832df9b622e4656ee56dddf@demo.invalid',1,NULL,'',1795375800,4750,50);
INSERT INTO "appointments" VALUES(14,14,'mt-shasta','first-visit','First visit',1795467600,1795473000,15,13000,'arrived','Sam Whitefeather','sam.whitefeather@example.com','sam.whitefeather@example.com','+15305550151',NULL,1794690000,1794697200,1794697200,NULL,NULL,0,NULL,'73b987421022124bc0b60ea78b232112@demo.invalid',1,NULL,'',1795381200,6500,50);
INSERT INTO "appointments" VALUES(15,1,'mt-shasta','craniosacral-60','Biodynamic craniosacral session',1795631400,1795635000,15,9500,'no_show','June Okafor','june.okafor@example.com','june.okafor@example.com','+15305550133',NULL,1794853800,1794861000,1794861000,NULL,NULL,0,NULL,'1b82f368ff363b5776b91c97881f47af@demo.invalid',1,NULL,'',1795545000,4750,50);
INSERT INTO "appointments" VALUES(16,2,'redding','neuromuscular-60','Neuromuscular session',1795716000,1795719600,15,9500,'arrived','Walt Brennan',NULL,NULL,'+15305550117',NULL,1794938400,1794945600,1794945600,NULL,NULL,0,NULL,'aaa572d264b71967317b967ad71d9b39@demo.invalid',1,NULL,'',1795629600,4750,50);
INSERT INTO "appointments" VALUES(17,3,'mt-shasta','first-visit','First visit',1795892400,1795897800,15,13000,'confirmed','Grace Kim','grace.kim@example.com','grace.kim@example.com','+15305550147',NULL,1795114800,1795122000,1795122000,NULL,NULL,0,NULL,'7107e4886b3a675df74495371e0fd63e@demo.invalid',1,NULL,'',1795806000,6500,50);
INSERT INTO "appointments" VALUES(18,4,'mt-shasta','first-visit','First visit',1796068800,1796074200,15,13000,'requested','Peter Lindqvist','peter.lindqvist@example.com','peter.lindqvist@example.com','+15305550158','A room on the ground floor would help, please.',1795779144,1795865544,NULL,NULL,NULL,0,NULL,'b24a17d8b2e95e1dd15038b77c9b513c@demo.invalid',1,NULL,'',NULL,NULL,NULL);
INSERT INTO "appointments" VALUES(19,5,'mt-shasta','craniosacral-60','Biodynamic craniosacral session',1796083200,1796086800,15,9500,'confirmed','Ann O’Brien','ann.obrien@example.com','ann.obrien@example.com','+15305550126',NULL,1795305600,1795312800,1795312800,NULL,NULL,0,NULL,'c5d21fcd47087bdecc3fdc47eb5f5a18@demo.invalid',1,NULL,'',1795996800,4750,50);
INSERT INTO "appointments" VALUES(20,6,'redding','neuromuscular-90','Long neuromuscular session',1796144400,1796149800,15,13500,'confirmed','Dale Murphy',NULL,NULL,'+15305550195',NULL,1795366800,1795374000,1795374000,NULL,NULL,0,NULL,'f4e9f387e8223854134963b7fc6fdf22@demo.invalid',1,NULL,'',1796058000,6750,50);
INSERT INTO "appointments" VALUES(21,7,'redding','craniosacral-60','Biodynamic craniosacral session',1796160600,1796164200,15,9500,'confirmed','Marisol Vega','marisol.vega@example.com','marisol.vega@example.com','+15305550171',NULL,1795383000,1795390200,1795390200,NULL,NULL,0,NULL,'9e0690b85704b258f5e7ddb21aeb60e6@demo.invalid',1,NULL,'',1796074200,4750,50);
INSERT INTO "appointments" VALUES(22,8,'redding','neuromuscular-90','Long neuromuscular session',1796317200,1796322600,15,13500,'requested','Hiro Tanaka','hiro.tanaka@example.com','hiro.tanaka@example.com','+15305550163','Mornings are the best time to call.',1795776744,1795863144,NULL,NULL,NULL,0,NULL,'df8ce012e0493f1533eddeb75288d82b@demo.invalid',1,NULL,'',NULL,NULL,NULL);
INSERT INTO "appointments" VALUES(23,9,'redding','first-visit','First visit',1796418000,1796423400,15,13000,'confirmed','Nadia Petrov','nadia.petrov@example.com','nadia.petrov@example.com','+15305550112',NULL,1795640400,1795647600,1795647600,NULL,NULL,0,NULL,'f8cfd04e21ec4f2e55cc770bc1317caa@demo.invalid',1,NULL,'',1796331600,6500,50);
INSERT INTO "appointments" VALUES(24,10,'mt-shasta','first-visit','First visit',1796662800,1796668200,15,13000,'confirmed','Tom Abara',NULL,NULL,'+15305550109',NULL,1795673544,1795680744,1795680744,NULL,NULL,0,NULL,'28ceb64f7b0c3ba4582cd12e0af54b9f@demo.invalid',1,NULL,'',1796576400,6500,50);
INSERT INTO "appointments" VALUES(25,11,'mt-shasta','neuromuscular-60','Neuromuscular session',1796686200,1796689800,15,9500,'confirmed','Leila Haddad','leila.haddad@example.com','leila.haddad@example.com','+15305550184',NULL,1795673544,1795680744,1795680744,NULL,NULL,0,NULL,'4d8dda2299739a5164fa936653ea4dcf@demo.invalid',1,NULL,'',1796599800,4750,50);
INSERT INTO "appointments" VALUES(26,12,'mt-shasta','first-visit','First visit',1796835600,1796841000,15,13000,'requested','Elena Ruiz','elena.ruiz@example.com','elena.ruiz@example.com','+15305550168','I come by bus and may be five minutes late.',1795774344,1795860744,NULL,NULL,NULL,0,NULL,'8ebf2f7d22ef14571ab01f424227fe4f@demo.invalid',1,NULL,'',NULL,NULL,NULL);
INSERT INTO "appointments" VALUES(27,13,'redding','neuromuscular-90','Long neuromuscular session',1796922000,1796927400,15,13500,'confirmed','Rosa Delgado','rosa.delgado@example.com','rosa.delgado@example.com','+15305550142',NULL,1795673544,1795680744,1795680744,NULL,NULL,0,NULL,'90f58c0fd4b0fdccae656a9c99ab9434@demo.invalid',1,NULL,'',1796835600,6750,50);
INSERT INTO "appointments" VALUES(28,14,'redding','neuromuscular-60','Neuromuscular session',1797098400,1797102000,15,9500,'confirmed','Sam Whitefeather','sam.whitefeather@example.com','sam.whitefeather@example.com','+15305550151',NULL,1795673544,1795680744,1795680744,NULL,NULL,0,NULL,'87be71b861cb68af7a2e6bd9b658422c@demo.invalid',1,NULL,'',1797012000,4750,50);
INSERT INTO "appointments" VALUES(29,1,'mt-shasta','first-visit','First visit',1797267600,1797273000,15,13000,'confirmed','June Okafor','june.okafor@example.com','june.okafor@example.com','+15305550133',NULL,1795673544,1795680744,1795680744,NULL,NULL,0,NULL,'a72836326757899a5a4494755034ab0f@demo.invalid',1,NULL,'',1797181200,6500,50);
INSERT INTO "appointments" VALUES(30,2,'mt-shasta','neuromuscular-60','Neuromuscular session',1797283800,1797287400,15,9500,'confirmed','Walt Brennan',NULL,NULL,'+15305550117',NULL,1795673544,1795680744,1795680744,NULL,NULL,0,NULL,'9190760ad01ed2c39b8a1f19d62b90f5@demo.invalid',1,NULL,'',1797197400,4750,50);
INSERT INTO "appointments" VALUES(31,3,'redding','craniosacral-60','Biodynamic craniosacral session',1797354000,1797357600,15,9500,'confirmed','Grace Kim','grace.kim@example.com','grace.kim@example.com','+15305550147',NULL,1795673544,1795680744,1795680744,NULL,NULL,0,NULL,'a538219cf39e11259f9bb45d974b1ebc@demo.invalid',1,NULL,'',1797267600,4750,50);
INSERT INTO "appointments" VALUES(32,4,'redding','first-visit','First visit',1797366600,1797372000,15,13000,'confirmed','Peter Lindqvist','peter.lindqvist@example.com','peter.lindqvist@example.com','+15305550158',NULL,1795673544,1795680744,1795680744,NULL,NULL,0,NULL,'7f9503b946be66fdb0f1a23a024cca3d@demo.invalid',1,NULL,'',1797280200,6500,50);
INSERT INTO "appointments" VALUES(33,5,'redding','craniosacral-60','Biodynamic craniosacral session',1797550200,1797553800,15,9500,'confirmed','Ann O’Brien','ann.obrien@example.com','ann.obrien@example.com','+15305550126',NULL,1795673544,1795680744,1795680744,NULL,NULL,0,NULL,'6626eccf6a5185d8be5a2cd8a3d60b73@demo.invalid',1,NULL,'',1797463800,4750,50);
INSERT INTO "appointments" VALUES(34,6,'redding','neuromuscular-60','Neuromuscular session',1797638400,1797642000,15,9500,'confirmed','Dale Murphy',NULL,NULL,'+15305550195',NULL,1795673544,1795680744,1795680744,NULL,NULL,0,NULL,'7061b514c4cc41de7b7b228b2918527b@demo.invalid',1,NULL,'',1797552000,4750,50);
INSERT INTO "appointments" VALUES(35,7,'mt-shasta','neuromuscular-90','Long neuromuscular session',1797872400,1797877800,15,13500,'confirmed','Marisol Vega','marisol.vega@example.com','marisol.vega@example.com','+15305550171',NULL,1795673544,1795680744,1795680744,NULL,NULL,0,NULL,'ab2d39fca3076a1c882d046b5f6315ee@demo.invalid',1,NULL,'',1797786000,6750,50);
INSERT INTO "appointments" VALUES(36,8,'mt-shasta','neuromuscular-60','Neuromuscular session',1797890400,1797894000,15,9500,'confirmed','Hiro Tanaka','hiro.tanaka@example.com','hiro.tanaka@example.com','+15305550163',NULL,1795673544,1795680744,1795680744,NULL,NULL,0,NULL,'8280b720f46b90869f3af71f088bde64@demo.invalid',1,NULL,'',1797804000,4750,50);
INSERT INTO "appointments" VALUES(37,9,'mt-shasta','neuromuscular-60','Neuromuscular session',1798059600,1798063200,15,9500,'confirmed','Nadia Petrov','nadia.petrov@example.com','nadia.petrov@example.com','+15305550112',NULL,1795673544,1795680744,1795680744,NULL,NULL,0,NULL,'3f06b024e7961e8c305ac8d31009b423@demo.invalid',1,NULL,'',1797973200,4750,50);
INSERT INTO "appointments" VALUES(38,10,'redding','craniosacral-60','Biodynamic craniosacral session',1798144200,1798147800,15,9500,'confirmed','Tom Abara',NULL,NULL,'+15305550109',NULL,1795673544,1795680744,1795680744,NULL,NULL,0,NULL,'8c07ff157f611254a0289e7643f9c473@demo.invalid',1,NULL,'',1798057800,4750,50);
CREATE TABLE calls (
    -- Never given twice: a page that is still open must not tick off another one.
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    appointment INTEGER NOT NULL REFERENCES appointments (id),
    about       TEXT    NOT NULL,
    made_at     INTEGER NOT NULL,
    done_at     INTEGER,
    CONSTRAINT about_is_known CHECK (about IN
        ('requested', 'confirmed', 'declined', 'cancelled', 'expired', 'changed', 'reschedule_request_declined',
         'reschedule_request_expired', 'reminder', 'new_address', 'email_failed'))
) STRICT;
INSERT INTO "calls" VALUES(1,1,'reschedule_request_declined',1795776144,NULL);
INSERT INTO "calls" VALUES(2,15,'reschedule_request_expired',1795776144,NULL);
INSERT INTO "calls" VALUES(3,29,'reschedule_request_declined',1795776144,1795776144);
INSERT INTO "calls" VALUES(4,19,'confirmed',1795776144,1795776144);
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
INSERT INTO "clients" VALUES(1,'June Okafor','june.okafor@example.com','+15305550133','june okafor','june.okafor@example.com',1795781544,'+15305550133');
INSERT INTO "clients" VALUES(2,'Walt Brennan',NULL,'+15305550117','walt brennan',NULL,1795781544,'+15305550117');
INSERT INTO "clients" VALUES(3,'Grace Kim','grace.kim@example.com','+15305550147','grace kim','grace.kim@example.com',1795781544,'+15305550147');
INSERT INTO "clients" VALUES(4,'Peter Lindqvist','peter.lindqvist@example.com','+15305550158','peter lindqvist','peter.lindqvist@example.com',1795781544,'+15305550158');
INSERT INTO "clients" VALUES(5,'Ann O’Brien','ann.obrien@example.com','+15305550126','ann obrien','ann.obrien@example.com',1795781544,'+15305550126');
INSERT INTO "clients" VALUES(6,'Dale Murphy',NULL,'+15305550195','dale murphy',NULL,1795781544,'+15305550195');
INSERT INTO "clients" VALUES(7,'Marisol Vega','marisol.vega@example.com','+15305550171','marisol vega','marisol.vega@example.com',1795781544,'+15305550171');
INSERT INTO "clients" VALUES(8,'Hiro Tanaka','hiro.tanaka@example.com','+15305550163','hiro tanaka','hiro.tanaka@example.com',1795781544,'+15305550163');
INSERT INTO "clients" VALUES(9,'Nadia Petrov','nadia.petrov@example.com','+15305550112','nadia petrov','nadia.petrov@example.com',1795781544,'+15305550112');
INSERT INTO "clients" VALUES(10,'Tom Abara',NULL,'+15305550109','tom abara',NULL,1795781544,'+15305550109');
INSERT INTO "clients" VALUES(11,'Leila Haddad','leila.haddad@example.com','+15305550184','leila haddad','leila.haddad@example.com',1795781544,'+15305550184');
INSERT INTO "clients" VALUES(12,'Elena Ruiz','elena.ruiz@example.com','+15305550168','elena ruiz','elena.ruiz@example.com',1795781544,'+15305550168');
INSERT INTO "clients" VALUES(13,'Rosa Delgado','rosa.delgado@example.com','+15305550142','rosa delgado','rosa.delgado@example.com',1795781544,'+15305550142');
INSERT INTO "clients" VALUES(14,'Sam Whitefeather','sam.whitefeather@example.com','+15305550151','sam whitefeather','sam.whitefeather@example.com',1795781544,'+15305550151');
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
    CONSTRAINT may_have_come_is_yes_or_no CHECK (may_have_come IN (0, 1)), settled_at INTEGER, before_office TEXT, before_start INTEGER, before_status TEXT,
    CONSTRAINT one_letter_per_event UNIQUE (key),
    CONSTRAINT side_is_known CHECK (side IN ('client', 'therapist')),
    CONSTRAINT outcome_is_known CHECK (outcome IN ('waiting', 'sent', 'given_up', 'lapsed')),
    CONSTRAINT calendar_has_its_method CHECK ((calendar IS NULL) = (calendar_method IS NULL))
) STRICT;
INSERT INTO "emails" VALUES(1,'confirmed/19/1/client',19,'client','june@example.com','Confirmed','Text','<p>Text</p>',NULL,NULL,'<confirmed.19.1.client@example.com>',1795776144,NULL,0,1795776144,'sent',1795776144,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "emails" VALUES(2,'reschedule_request_received/19/2/client',19,'client','june@example.com','Confirmed','Text','<p>Text</p>',NULL,NULL,'<change_received.19.2.client@example.com>',1795776144,NULL,0,1795776144,'sent',1795776144,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "emails" VALUES(3,'reschedule_request_arrived/19/2/therapist',19,'therapist','dustin@example.com','Confirmed','Text','<p>Text</p>',NULL,NULL,'<change_arrived.19.2.therapist@example.com>',1795776144,NULL,0,1795776144,'waiting',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "emails" VALUES(4,'reschedule_request_received/19/3/client',19,'client','june@example.com','Confirmed','Text','<p>Text</p>',NULL,NULL,'<change_received.19.3.client@example.com>',1795776144,NULL,0,1795776144,'waiting',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "emails" VALUES(5,'reschedule_request_withdrawn/19/3/therapist',19,'therapist','dustin@example.com','Confirmed','Text','<p>Text</p>',NULL,NULL,'<change_taken_back.19.3.therapist@example.com>',1795776144,NULL,0,1795776144,'waiting',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
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
INSERT INTO "reschedule_requests" VALUES(1,19,'mt-shasta',1796230800,1796234400,1795776144,1795862544,'requested',NULL);
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
INSERT INTO "served" VALUES(1,'http://127.0.0.1:8283');
CREATE TABLE sessions (
    token_hash BLOB    PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
ANALYZE "sqlite_master";
INSERT INTO "sqlite_stat1" VALUES('_sqlx_migrations','sqlite_autoindex__sqlx_migrations_1','18 1');
INSERT INTO "sqlite_stat1" VALUES('welcome_links','welcome_links','1 1');
INSERT INTO "sqlite_stat1" VALUES('addresses','addresses','2 1');
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
INSERT INTO "welcome_links" VALUES(X'91DEEFB159277FE73E78E539253C07E02EEE4E7CC3C024D15614BF9059981E0E',1795785139);
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
CREATE VIEW emails_in_turn AS
SELECT * FROM emails AS email INDEXED BY emails_waiting
WHERE outcome = 'waiting'
  AND NOT EXISTS (
      SELECT 1 FROM emails AS older
      WHERE older.appointment = email.appointment
        AND older.side = email.side
        AND older.outcome = 'waiting'
        AND older.id < email.id);
CREATE INDEX links_by_expiry ON links (expires_at);
CREATE INDEX links_by_appointment ON links (appointment);
CREATE UNIQUE INDEX one_open_reschedule_request_per_appointment
    ON reschedule_requests (appointment) WHERE status = 'requested';
CREATE INDEX reschedule_requests_by_start ON reschedule_requests (starts_at) WHERE status = 'requested';
CREATE INDEX reschedule_requests_by_appointment ON reschedule_requests (appointment);
CREATE UNIQUE INDEX one_open_call_per_appointment_and_matter
    ON calls (appointment, about = 'new_address') WHERE done_at IS NULL;
CREATE INDEX calls_by_appointment ON calls (appointment);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('calls',4);
COMMIT;
