-- A file as schema 33 left it: what a server with invented appointments had written.
BEGIN TRANSACTION;
CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
INSERT INTO "_sqlx_migrations" VALUES(1,'practice','2026-11-27 22:16:49',1,X'35357097F4DA63B10FC36F49ED8864D1F21B27FE4FC276FDF99C651B51E34D74ECFE0C16778617D4AC3B0A15E8DEC33E',7267595);
INSERT INTO "_sqlx_migrations" VALUES(2,'the therapists plans','2026-11-27 22:16:49',1,X'2414B2D7AC884B761E8A0E300FDBDAD164B1B5A2F6707B306098D736DF903331C8F8361B8380E11D368581E9D320C9D1',19963522);
INSERT INTO "_sqlx_migrations" VALUES(3,'a call about the address','2026-11-27 22:16:49',1,X'96223A45980E966B7123EA98E1E6792EE0BE3AD8199F22622286D1C7986ECFB7431A7328CEF29044B72D6ADE0E47CC8E',3662610);
INSERT INTO "_sqlx_migrations" VALUES(4,'zone and currency','2026-11-27 22:16:49',1,X'78B66E7323B6CFB215A1904B8AAB415B60D44CC92E1430C12DDAD0D3B277F0D2DF645645C3E4BF12566886E1673A58ED',7978991);
INSERT INTO "_sqlx_migrations" VALUES(5,'what grows','2026-11-27 22:16:49',1,X'B4912E6695604DD4B0A4ECA705E6A394992FC58D3DD7E8AE9294F0556EE5D4D10B0CBB77A65B4D11F0A7825BE842FE3F',3863979);
INSERT INTO "_sqlx_migrations" VALUES(6,'guards','2026-11-27 22:16:49',1,X'87066D1448BC568E70F4BAC43CA5BC6A5EEFBCA50C44CDE347B105FCAAA742CBE0C6B942EF6E6AEC4C9984026D82DBE9',3853023);
INSERT INTO "_sqlx_migrations" VALUES(7,'email in trouble','2026-11-27 22:16:49',1,X'A34A859F4D27EF750C8DAA23A629FCAB26C38FEA0AFCE88BC976FEAA0863A6D8E750FF8152EADDF8FA4B03ABA2E3CA0D',9791433);
INSERT INTO "_sqlx_migrations" VALUES(8,'trials','2026-11-27 22:16:49',1,X'19CF6DEB0B231D56A0D548C50A828BA3767C4B9240AC8042660591EFC9FD44D4504FC4799BCD6EFF26A49515F434B7DB',3959300);
INSERT INTO "_sqlx_migrations" VALUES(9,'what is looked up','2026-11-27 22:16:49',1,X'397F68B05E430BA06841D8811576128308D5A2B568399CBA3BC4658D3187C1F2DCA2B45F22AA7FD3E7EACB6555FF421B',3937488);
INSERT INTO "_sqlx_migrations" VALUES(10,'conflicts','2026-11-27 22:16:49',1,X'E87CBC35DC6162E467FEA1A9D957A3E13C36FE651F4AB6E16BCAC768FF250D3467F8BF26DA818F85E732568CB8DA0856',4007993);
INSERT INTO "_sqlx_migrations" VALUES(11,'identity keys','2026-11-27 22:16:49',1,X'A59F3F6CFDB405DEE0910BB7CD0DC8450B672D353266F74A262103A6BC9700064B972EF0ED52CD20395FFF7BC5199DE9',4005279);
INSERT INTO "_sqlx_migrations" VALUES(12,'sent forms','2026-11-27 22:16:49',1,X'89F1067316EDC2C562CADBC082DBB3942699FA0ED977D30330F19E675154B6161CDFD5B547C79552E81726FFC3082392',3959862);
INSERT INTO "_sqlx_migrations" VALUES(13,'unproven requests','2026-11-27 22:16:49',1,X'732168995D6452600A47111DE73D06C92353ADDE4ABDB902A3F6C4C88CE865E693FBC96FBE0FED70866B9034516E7A4C',3910097);
INSERT INTO "_sqlx_migrations" VALUES(14,'what canceling costs','2026-11-27 22:16:49',1,X'95522E9DBB79DEE033C0012D04C604BF34F3AEF8D9FB41A647F3DD6B9B91C8E2F2709EA9CB2F9F2255505D8EAFA4FE68',12073003);
INSERT INTO "_sqlx_migrations" VALUES(15,'what the reader knows','2026-11-27 22:16:50',1,X'3A3DE0AAD09315B1566E72D5FC8B6268D41ED09BA59CC98FB6FB4B6E3CB6AC4C1BF9C234CD51BD0129478884DA8146F6',3942506);
INSERT INTO "_sqlx_migrations" VALUES(16,'emails','2026-11-27 22:16:50',1,X'C32DDE480E6D8386324178FF76B6A20CDC072D4325301AD1B7886DDA2969B425D8AB34FED8B318ECDA2E969B199A14D4',23356862);
INSERT INTO "_sqlx_migrations" VALUES(17,'overrides and reschedule requests','2026-11-27 22:16:50',1,X'10BF07FF4D1DC12496145B5421785FDCA315367D82BB1B1D865B0B3B4B0831287438BADE4CD90C6A1B31887D75F4B197',20010402);
INSERT INTO "_sqlx_migrations" VALUES(18,'pause','2026-11-27 22:16:50',1,X'11E54A99C6F3EEF143BA161D38F7C7D749A053C19902ABCAAB5B31B837DF7957A62C999FDF3344896F19D1FC8569F7BA',27250716);
INSERT INTO "_sqlx_migrations" VALUES(19,'reschedule requests in emails and calls','2026-11-27 22:16:50',1,X'63086A47A76459207480BC57B2A3909849563F3B9B550C85EB3AD18E5443908872EC350D32694011001F15A2FADD46ED',11873797);
INSERT INTO "_sqlx_migrations" VALUES(21,'acts','2026-11-27 22:16:50',1,X'9460E30C533F3A94C1D6C62A72295E3EBB604AC325BD1DB78C15BEBF0B8BABCAD330352550FEF4E39D44A37512586855',17415577);
INSERT INTO "_sqlx_migrations" VALUES(22,'clients','2026-11-27 22:16:50',1,X'4BC51EA5A0BC3C06E45106B015C28DCE58FCD6DC1075BC27144EECCAA7C0B8D0E6B6C7F8329AE3172112DFB5D105DAB4',14384395);
INSERT INTO "_sqlx_migrations" VALUES(23,'account','2026-11-27 22:16:50',1,X'F346E6E39EAAEABCEE6C2BD64D32DFADF34BEBF53E3E6138C99AA9C78E1B8B75AC1AB6414B1A849D9B4C1A012A9BA379',7881086);
INSERT INTO "_sqlx_migrations" VALUES(24,'emails at the desk','2026-11-27 22:16:50',1,X'6351A59A41764F1DDA85B10F9084F45B0A03937D014A4D844F1D3044DFEDAA732B152FDD2E599359361B1A2DD04B80C2',3277267);
INSERT INTO "_sqlx_migrations" VALUES(25,'payments','2026-11-27 22:16:50',1,X'069BB95A0C681FA748E859BD55F1CFA984312ECD48FF437C234D833FA08CA62C76D6F9FA323CB9CEA9E8998DAA1FCCC9',744727);
INSERT INTO "_sqlx_migrations" VALUES(26,'closings','2026-11-27 22:16:50',1,X'FD5C2000BE5A8C90EEE405D8287520391C582EEF0F0276F2E49285DB47A7DC408DBC227FA73AC55BFA3AEF52AFFA31CB',5311279);
INSERT INTO "_sqlx_migrations" VALUES(27,'plans with an end','2026-11-27 22:16:50',1,X'912C22A392290B8F2226CBCA9147A3B1B8B7508412386660739CCA68BDB958C82055458774C6BC74357BDBFFD4B130B0',2782813);
INSERT INTO "_sqlx_migrations" VALUES(28,'mileage','2026-11-27 22:16:50',1,X'339DAEE66E360349A197DDF1FB6B0ABACD4363C0F333659C39A38667066674A5D519FAEC5883432811DE23F37438BB0B',841831);
INSERT INTO "_sqlx_migrations" VALUES(29,'payments in acts','2026-11-27 22:16:50',1,X'07352B3E8BB81BB6AE743B11F383205498AC29AA9C11E659890CDAD2D75148AACF4E4D8B14D3536FF00C075AFB073F8D',5745364);
INSERT INTO "_sqlx_migrations" VALUES(31,'blocked clients','2026-11-27 22:16:50',1,X'940C87EAD2E8D9415643383A88BA5AEBE4D6CB225C0E9BE1ED6A94FC844164755BB35FB9C34C02700948CF73CF62738D',6991745);
INSERT INTO "_sqlx_migrations" VALUES(32,'history','2026-11-27 22:16:50',1,X'CE6F0FD0CF43F9A4CCF8BED7B6A1E7F471A2FB7EEA736CAF3E04C88816DB4D0F110C535482C79EE018E6C47B325EC656',858995);
INSERT INTO "_sqlx_migrations" VALUES(33,'no id twice','2026-11-27 22:16:50',1,X'E844B4068D26A7423220C088003D156F75B837D48909FA8C3E001F7AC4551CDA57DEBCEF5A2EBCA0EB78DB2DD5E61863',6278535);
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
    conflict_is_kept   INTEGER, paid_by TEXT, paid INTEGER, tip INTEGER, paid_noted_at INTEGER, fee_waived_at INTEGER,
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
INSERT INTO "appointments" VALUES(1484,27,'redding','neuromuscular-90','Long neuromuscular session',1795293000,1795298400,15,13500,'arrived','Helen Strand',NULL,NULL,'+15305550154',NULL,1794256200,1794256200,1794263400,NULL,NULL,0,NULL,'3b68516c278d36cd00499173f155b7b6@demo.invalid',0,NULL,'',1795206600,6750,50);
INSERT INTO "appointments" VALUES(1485,3,'mt-shasta','neuromuscular-90','Long neuromuscular session',1795453200,1795458600,15,13500,'arrived','Grace Kim','grace.kim@example.com','grace.kim@example.com','+15305550120',NULL,1794330000,1794330000,1794337200,NULL,NULL,0,NULL,'45746304e0737a842fb12ad79f897ef4@demo.invalid',0,NULL,'',1795366800,6750,50);
INSERT INTO "appointments" VALUES(1486,15,'mt-shasta','neuromuscular-60','Neuromuscular session',1795464000,1795467600,15,9500,'arrived','Marisol Vega','marisol.vega@example.com','marisol.vega@example.com','+15305550104',NULL,1795204800,1795204800,1795212000,NULL,NULL,0,NULL,'343fd42c10a4f0abad1a0515fed670e5@demo.invalid',0,NULL,'',1795377600,4750,50);
INSERT INTO "appointments" VALUES(1487,28,'mt-shasta','craniosacral-60','Biodynamic craniosacral session',1795473000,1795476600,15,9500,'arrived','Priya Raman','priya.raman@example.com','priya.raman@example.com','+15305550148',NULL,1795127400,1795127400,1795134600,NULL,NULL,0,NULL,'d103ab54f29bd1c670e365d88d573fdd@demo.invalid',0,NULL,'',1795386600,4750,50);
INSERT INTO "appointments" VALUES(1488,20,'redding','neuromuscular-60','Neuromuscular session',1795545000,1795548600,15,9500,'arrived','Nadia Petrov','nadia.petrov@example.com','nadia.petrov@example.com','+15305550124',NULL,1795113000,1795113000,1795120200,NULL,NULL,0,NULL,'bea8c5abfb1f4914d54e039a3bd8a3e9@demo.invalid',0,NULL,'',1795458600,4750,50);
INSERT INTO "appointments" VALUES(1489,29,'redding','neuromuscular-90','Long neuromuscular session',1795559400,1795564800,15,13500,'cancelled','Ida Moreno','ida.moreno@example.com','ida.moreno@example.com','+15305550128',NULL,1795041000,1795041000,1795048200,1795541400,'client',1,NULL,'3324c2da1992e65693a5c8f7e60cd0c1@demo.invalid',0,NULL,'',1795473000,6750,50);
INSERT INTO "appointments" VALUES(1490,22,'mt-shasta','neuromuscular-60','Neuromuscular session',1795626000,1795629600,15,9500,'arrived','Leila Haddad','leila.haddad@example.com','leila.haddad@example.com','+15305550116',NULL,1795021200,1795021200,1795028400,NULL,NULL,0,NULL,'b77ccb94c82a337238fc54db54abf6e6@demo.invalid',0,NULL,'',1795539600,4750,50);
INSERT INTO "appointments" VALUES(1491,17,'mt-shasta','craniosacral-60','Biodynamic craniosacral session',1795631400,1795635000,15,9500,'arrived','Elena Ruiz','elena.ruiz@example.com','elena.ruiz@example.com','+15305550126',NULL,1794940200,1794940200,1794947400,NULL,NULL,0,NULL,'6da040e0efa22a589181aa401a00247f@demo.invalid',0,NULL,'',1795545000,4750,50);
INSERT INTO "appointments" VALUES(1492,10,'mt-shasta','neuromuscular-90','Long neuromuscular session',1795638600,1795644000,15,13500,'arrived','Rosa Delgado','rosa.delgado@example.com','rosa.delgado@example.com','+15305550108',NULL,1794861000,1794861000,1794868200,NULL,NULL,0,NULL,'a92f30b372161cb2dc3490620aba85f4@demo.invalid',0,NULL,'',1795552200,6750,50);
INSERT INTO "appointments" VALUES(1493,11,'mt-shasta','neuromuscular-90','Long neuromuscular session',1795647600,1795653000,15,13500,'arrived','Sam Whitefeather','sam.whitefeather@example.com','sam.whitefeather@example.com','+15305550118',NULL,1794783600,1794783600,1794790800,NULL,NULL,0,NULL,'966f32f23dedf754ae4e171830362525@demo.invalid',0,NULL,'',1795561200,6750,50);
INSERT INTO "appointments" VALUES(1494,30,'redding','craniosacral-60','Biodynamic craniosacral session',1795716000,1795719600,15,9500,'cancelled','Beth Calloway','beth.calloway@example.com','beth.calloway@example.com','+15305550150',NULL,1794765600,1794765600,1794772800,1795536000,'client',0,NULL,'508754ef8422eb5f9ccafe15de661091@demo.invalid',0,NULL,'',1795629600,4750,50);
INSERT INTO "appointments" VALUES(1495,5,'redding','neuromuscular-90','Long neuromuscular session',1795721400,1795726800,15,13500,'arrived','Ann O’Brien','ann.obrien@example.com','ann.obrien@example.com','+15305550112',NULL,1794684600,1794684600,1794691800,NULL,NULL,0,NULL,'55d93646bcca7080a89175a901417528@demo.invalid',0,NULL,'',1795635000,6750,50);
INSERT INTO "appointments" VALUES(1496,6,'redding','neuromuscular-60','Neuromuscular session',1795734000,1795737600,15,9500,'arrived','Dale Murphy',NULL,NULL,'+15305550122',NULL,1794610800,1794610800,1794618000,NULL,NULL,0,NULL,'6b44ec68c82d627887712692e0d52ad4@demo.invalid',0,NULL,'',1795647600,4750,50);
INSERT INTO "appointments" VALUES(1497,9,'redding','neuromuscular-60','Neuromuscular session',1795816800,1795820400,15,9500,'confirmed','Mei Lin Chow','meilin.chow@example.com','meilin.chow@example.com','+15305550144',NULL,1795557600,1795557600,1795564800,NULL,NULL,0,NULL,'9795fa4461de81db99420d1c0d24292a@demo.invalid',0,NULL,'',1795730400,4750,50);
INSERT INTO "appointments" VALUES(1498,8,'redding','neuromuscular-90','Long neuromuscular session',1795824000,1795829400,15,13500,'confirmed','Hiro Tanaka','hiro.tanaka@example.com','hiro.tanaka@example.com','+15305550114',NULL,1795478400,1795478400,1795485600,NULL,NULL,0,NULL,'f855a63650d4479ad646c5d4be31b754@demo.invalid',0,NULL,'',1795737600,6750,50);
INSERT INTO "appointments" VALUES(1499,31,'mt-shasta','neuromuscular-90','Long neuromuscular session',1795896000,1795901400,15,13500,'confirmed','Blake Sutton','blake.sutton@example.com','blake.sutton@example.com','+15305550172',NULL,1795464000,1795464000,1795471200,NULL,NULL,0,NULL,'c8210e0f22af2dac7fcbd175b644edca@demo.invalid',0,NULL,'',1795809600,6750,50);
INSERT INTO "appointments" VALUES(1500,26,'mt-shasta','neuromuscular-60','Neuromuscular session',1796058000,1796061600,15,9500,'requested','Tom Abara',NULL,NULL,'+15305550106','A room on the ground floor would help, please.',1795815414,1795901814,NULL,NULL,NULL,0,NULL,'f6360b81bbf70878d747afbaa188e30f@demo.invalid',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "appointments" VALUES(1501,22,'mt-shasta','neuromuscular-90','Long neuromuscular session',1796077800,1796083200,15,13500,'confirmed','Leila Haddad','leila.haddad@example.com','leila.haddad@example.com','+15305550116',NULL,1795473000,1795473000,1795480200,NULL,NULL,0,NULL,'9d4783e3fa84cfee584b2f32d991e3cb@demo.invalid',0,NULL,'',1795991400,6750,50);
INSERT INTO "appointments" VALUES(1502,17,'redding','craniosacral-60','Biodynamic craniosacral session',1796144400,1796148000,15,9500,'confirmed','Elena Ruiz','elena.ruiz@example.com','elena.ruiz@example.com','+15305550126',NULL,1795453200,1795453200,1795460400,NULL,NULL,0,NULL,'931dcc0740bab4fd9588dc8373efd9df@demo.invalid',0,NULL,'',1796058000,4750,50);
INSERT INTO "appointments" VALUES(1503,10,'redding','neuromuscular-90','Long neuromuscular session',1796149800,1796155200,15,13500,'confirmed','Rosa Delgado','rosa.delgado@example.com','rosa.delgado@example.com','+15305550108',NULL,1795372200,1795372200,1795379400,NULL,NULL,0,NULL,'0551865e1093cfbbd300caab9311415d@demo.invalid',0,NULL,'',1796063400,6750,50);
INSERT INTO "appointments" VALUES(1504,32,'redding','neuromuscular-90','Long neuromuscular session',1796157000,1796162400,15,13500,'requested','Owen Tate','owen.tate@example.com','owen.tate@example.com','+15305550146','Mornings are the best time to call.',1795813014,1795899414,NULL,NULL,NULL,0,NULL,'7ca3781bde149d020ad4038ba3b60b42@demo.invalid',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "appointments" VALUES(1505,13,'redding','neuromuscular-60','Neuromuscular session',1796169600,1796173200,15,9500,'confirmed','Peter Lindqvist','peter.lindqvist@example.com','peter.lindqvist@example.com','+15305550102',NULL,1795219200,1795219200,1795226400,NULL,NULL,0,NULL,'157426a670d68371624743296162d24e@demo.invalid',0,NULL,'',1796083200,4750,50);
INSERT INTO "appointments" VALUES(1506,5,'mt-shasta','neuromuscular-60','Neuromuscular session',1796232600,1796236200,15,9500,'confirmed','Ann O’Brien','ann.obrien@example.com','ann.obrien@example.com','+15305550112',NULL,1795195800,1795195800,1795203000,NULL,NULL,0,NULL,'78308f679e9bd1907089d2b47bf74ac2@demo.invalid',0,NULL,'',1796146200,4750,50);
INSERT INTO "appointments" VALUES(1507,16,'mt-shasta','neuromuscular-90','Long neuromuscular session',1796243400,1796248800,15,13500,'confirmed','Ana Ruiz','ana.ruiz@example.com','ana.ruiz@example.com','+15305550140',NULL,1795120200,1795120200,1795127400,NULL,NULL,0,NULL,'712104b65fc4bfdc56870b90f8bf1c1f@demo.invalid',0,NULL,'',1796157000,6750,50);
INSERT INTO "appointments" VALUES(1508,15,'mt-shasta','craniosacral-60','Biodynamic craniosacral session',1796256000,1796259600,15,9500,'requested','Marisol Vega','marisol.vega@example.com','marisol.vega@example.com','+15305550104','I come by bus and may be five minutes late.',1795810614,1795897014,NULL,NULL,NULL,0,NULL,'89e508ee586b991064248155d67323f1@demo.invalid',0,NULL,'',NULL,NULL,NULL);
INSERT INTO "appointments" VALUES(1509,33,'redding','neuromuscular-60','Neuromuscular session',1796328000,1796331600,15,9500,'confirmed','Teo Salazar','teo.salazar@example.com','teo.salazar@example.com','+15305550168',NULL,1795709814,1795709814,1795717014,NULL,NULL,0,NULL,'66b14eff2c1f550567d1a0ce0a507902@demo.invalid',0,NULL,'',1796241600,4750,50);
INSERT INTO "appointments" VALUES(1510,20,'redding','neuromuscular-90','Long neuromuscular session',1796335200,1796340600,15,13500,'confirmed','Nadia Petrov','nadia.petrov@example.com','nadia.petrov@example.com','+15305550124',NULL,1795709814,1795709814,1795717014,NULL,NULL,0,NULL,'b99661530d4f5e01a119bab504708704@demo.invalid',0,NULL,'',1796248800,6750,50);
INSERT INTO "appointments" VALUES(1511,26,'redding','neuromuscular-90','Long neuromuscular session',1796428800,1796434200,15,13500,'confirmed','Tom Abara',NULL,NULL,'+15305550106',NULL,1795709814,1795709814,1795717014,NULL,NULL,0,NULL,'89dd199b2be67681f5f795050f1e3644@demo.invalid',0,NULL,'',1796342400,6750,50);
INSERT INTO "appointments" VALUES(1512,22,'redding','craniosacral-60','Biodynamic craniosacral session',1796493600,1796497200,15,9500,'confirmed','Leila Haddad','leila.haddad@example.com','leila.haddad@example.com','+15305550116',NULL,1795709814,1795709814,1795717014,NULL,NULL,0,NULL,'95a227dbbed8dee9f1b7db54683fe82d@demo.invalid',0,NULL,'',1796407200,4750,50);
INSERT INTO "appointments" VALUES(1513,1,'mt-shasta','neuromuscular-90','Long neuromuscular session',1796675400,1796680800,15,13500,'confirmed','June Okafor','june.okafor@example.com','june.okafor@example.com','+15305550100',NULL,1795709814,1795709814,1795717014,NULL,NULL,0,NULL,'e1ce7694bec1233ae1a5246dc3d74ddb@demo.invalid',0,NULL,'',1796589000,6750,50);
INSERT INTO "appointments" VALUES(1514,34,'mt-shasta','craniosacral-60','Biodynamic craniosacral session',1796684400,1796688000,15,9500,'confirmed','Carl Jensen','carl.jensen@example.com','carl.jensen@example.com','+15305550142',NULL,1795709814,1795709814,1795717014,NULL,NULL,0,NULL,'d44e1a2d4398de1896281a962a2394eb@demo.invalid',0,NULL,'',1796598000,4750,50);
INSERT INTO "appointments" VALUES(1515,3,'redding','craniosacral-60','Biodynamic craniosacral session',1796769000,1796772600,15,9500,'confirmed','Grace Kim','grace.kim@example.com','grace.kim@example.com','+15305550120',NULL,1795709814,1795709814,1795717014,NULL,NULL,0,NULL,'7438a2371437cf21ef2431d60134b4ec@demo.invalid',0,NULL,'',1796682600,4750,50);
INSERT INTO "appointments" VALUES(1516,13,'redding','neuromuscular-90','Long neuromuscular session',1796922000,1796927400,15,13500,'confirmed','Peter Lindqvist','peter.lindqvist@example.com','peter.lindqvist@example.com','+15305550102',NULL,1795709814,1795709814,1795717014,NULL,NULL,0,NULL,'66f3d588d8756c8d115c1df536aa5cc1@demo.invalid',0,NULL,'',1796835600,6750,50);
INSERT INTO "appointments" VALUES(1517,21,'redding','craniosacral-60','Biodynamic craniosacral session',1796931000,1796934600,15,9500,'confirmed','Ray Ibarra',NULL,NULL,'+15305550136',NULL,1795709814,1795709814,1795717014,NULL,NULL,0,NULL,'e5acb2e67fb6520b8fbd879d16a2adbf@demo.invalid',0,NULL,'',1796844600,4750,50);
INSERT INTO "appointments" VALUES(1518,6,'redding','craniosacral-60','Biodynamic craniosacral session',1797024600,1797028200,15,9500,'confirmed','Dale Murphy',NULL,NULL,'+15305550122',NULL,1795709814,1795709814,1795717014,NULL,NULL,0,NULL,'616ab88c58469f94cf27dcfd1fa5b6a3@demo.invalid',0,NULL,'',1796938200,4750,50);
INSERT INTO "appointments" VALUES(1519,7,'mt-shasta','neuromuscular-60','Neuromuscular session',1797098400,1797102000,15,9500,'confirmed','Victor Nwosu','victor.nwosu@example.com','victor.nwosu@example.com','+15305550164',NULL,1795709814,1795709814,1795717014,NULL,NULL,0,NULL,'a92f09dcd01ca190986f2f2f506d94b7@demo.invalid',0,NULL,'',1797012000,4750,50);
INSERT INTO "appointments" VALUES(1520,8,'mt-shasta','neuromuscular-90','Long neuromuscular session',1797440400,1797445800,15,13500,'confirmed','Hiro Tanaka','hiro.tanaka@example.com','hiro.tanaka@example.com','+15305550114',NULL,1795709814,1795709814,1795717014,NULL,NULL,0,NULL,'8c3e9a69a43e0e16efbc69f9a3e15c9b@demo.invalid',0,NULL,'',1797354000,6750,50);
INSERT INTO "appointments" VALUES(1521,20,'redding','neuromuscular-60','Neuromuscular session',1797638400,1797642000,15,9500,'confirmed','Nadia Petrov','nadia.petrov@example.com','nadia.petrov@example.com','+15305550124',NULL,1795709814,1795709814,1795717014,NULL,NULL,0,NULL,'1c1c0a3a3538ccae6bf50132fafb9760@demo.invalid',0,NULL,'',1797552000,4750,50);
INSERT INTO "appointments" VALUES(1522,10,'redding','neuromuscular-90','Long neuromuscular session',1797958800,1797964200,15,13500,'confirmed','Rosa Delgado','rosa.delgado@example.com','rosa.delgado@example.com','+15305550108',NULL,1795709814,1795709814,1795717014,NULL,NULL,0,NULL,'73675345895b78658535e9adccf107eb@demo.invalid',0,NULL,'',1797872400,6750,50);
INSERT INTO "appointments" VALUES(1523,11,'redding','neuromuscular-60','Neuromuscular session',1798137000,1798140600,15,9500,'confirmed','Sam Whitefeather','sam.whitefeather@example.com','sam.whitefeather@example.com','+15305550118',NULL,1795709814,1795709814,1795717014,NULL,NULL,0,NULL,'5dd86671f0c4aded0b67ce4d34a0a488@demo.invalid',0,NULL,'',1798050600,4750,50);
CREATE TABLE blocked_clients (
    client     INTEGER PRIMARY KEY REFERENCES clients (id),
    blocked_at INTEGER NOT NULL
) STRICT;
CREATE TABLE blocked_requests (
    id             INTEGER PRIMARY KEY,
    client         INTEGER NOT NULL REFERENCES clients (id),
    office         TEXT    NOT NULL,
    service        TEXT    NOT NULL,
    service_name   TEXT    NOT NULL,
    starts_at      INTEGER NOT NULL,
    ends_at        INTEGER NOT NULL,
    buffer_minutes INTEGER NOT NULL,
    price          INTEGER NOT NULL,
    status         TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    email          TEXT,
    phone          TEXT,
    note           TEXT,
    requested_at   INTEGER NOT NULL,
    held_until     INTEGER NOT NULL,
    -- When it is declined.
    answer_at      INTEGER NOT NULL,
    ended_at       INTEGER,
    uid            TEXT    NOT NULL,
    revision       INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT id_is_below_zero CHECK (id < 0),
    CONSTRAINT status_is_of_a_request CHECK (status IN ('requested', 'declined', 'cancelled')),
    CONSTRAINT uid_is_unique UNIQUE (uid)
) STRICT;
CREATE TABLE calls (
    -- Never given twice: a page that is still open must not tick off another one.
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    appointment  INTEGER NOT NULL REFERENCES appointments (id),
    about        TEXT    NOT NULL,
    made_at      INTEGER NOT NULL,
    done_at      INTEGER,
    act          INTEGER REFERENCES acts (id) ON DELETE SET NULL,
    held_until   INTEGER,
    set_aside_by INTEGER REFERENCES acts (id) ON DELETE SET NULL,
    CONSTRAINT about_is_known CHECK (about IN
        ('requested', 'confirmed', 'declined', 'cancelled', 'expired', 'changed', 'reschedule_request_declined',
         'reschedule_request_expired', 'reminder', 'new_address', 'email_failed', 'kept', 'reopened'))
) STRICT;
INSERT INTO "calls" VALUES(1,1523,'email_failed',1795817814,NULL,NULL,NULL,NULL);
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
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT    NOT NULL,
    email      TEXT,
    phone      TEXT,
    -- The forms by which two spellings are the same.
    name_key   TEXT    NOT NULL,
    email_key  TEXT,
    created_at INTEGER NOT NULL, phone_key TEXT, goes_by TEXT, note TEXT, revision INTEGER NOT NULL DEFAULT 0, erased_at INTEGER,
    CONSTRAINT email_has_its_key CHECK ((email IS NULL) = (email_key IS NULL))
) STRICT;
INSERT INTO "clients" VALUES(1,'June Okafor','june.okafor@example.com','+15305550100','june okafor','june.okafor@example.com',1732656600,'+15305550100',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(3,'Grace Kim','grace.kim@example.com','+15305550120','grace kim','grace.kim@example.com',1732568400,'+15305550120',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(5,'Ann O’Brien','ann.obrien@example.com','+15305550112','ann obrien','ann.obrien@example.com',1732564800,'+15305550112',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(6,'Dale Murphy',NULL,'+15305550122','dale murphy',NULL,1732483800,'+15305550122',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(7,'Victor Nwosu','victor.nwosu@example.com','+15305550164','victor nwosu','victor.nwosu@example.com',1732404600,'+15305550164',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(8,'Hiro Tanaka','hiro.tanaka@example.com','+15305550114','hiro tanaka','hiro.tanaka@example.com',1732381200,'+15305550114',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(9,'Mei Lin Chow','meilin.chow@example.com','+15305550144','mei lin chow','meilin.chow@example.com',1732305600,'+15305550144',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(10,'Rosa Delgado','rosa.delgado@example.com','+15305550108','rosa delgado','rosa.delgado@example.com',1732228200,'+15305550108',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(11,'Sam Whitefeather','sam.whitefeather@example.com','+15305550118','sam whitefeather','sam.whitefeather@example.com',1732213800,'+15305550118',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(13,'Peter Lindqvist','peter.lindqvist@example.com','+15305550102','peter lindqvist','peter.lindqvist@example.com',1733007600,'+15305550102',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(15,'Marisol Vega','marisol.vega@example.com','+15305550104','marisol vega','marisol.vega@example.com',1732825800,'+15305550104',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(16,'Ana Ruiz','ana.ruiz@example.com','+15305550140','ana ruiz','ana.ruiz@example.com',1732905000,'+15305550140',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(17,'Elena Ruiz','elena.ruiz@example.com','+15305550126','elena ruiz','elena.ruiz@example.com',1732827600,'+15305550126',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(20,'Nadia Petrov','nadia.petrov@example.com','+15305550124','nadia petrov','nadia.petrov@example.com',1733428800,'+15305550124',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(21,'Ray Ibarra',NULL,'+15305550136','ray ibarra',NULL,1733349600,'+15305550136',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(22,'Leila Haddad','leila.haddad@example.com','+15305550116','leila haddad','leila.haddad@example.com',1733270400,'+15305550116',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(26,'Tom Abara',NULL,'+15305550106','tom abara',NULL,1733864400,'+15305550106',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(27,'Helen Strand',NULL,'+15305550154','helen strand',NULL,1733680800,'+15305550154',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(28,'Priya Raman','priya.raman@example.com','+15305550148','priya raman','priya.raman@example.com',1734553800,'+15305550148',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(29,'Ida Moreno','ida.moreno@example.com','+15305550128','ida moreno','ida.moreno@example.com',1734469200,'+15305550128',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(30,'Beth Calloway','beth.calloway@example.com','+15305550150','beth calloway','beth.calloway@example.com',1734195600,'+15305550150',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(31,'Blake Sutton','blake.sutton@example.com','+15305550172','blake sutton','blake.sutton@example.com',1734890400,'+15305550172',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(32,'Owen Tate','owen.tate@example.com','+15305550146','owen tate','owen.tate@example.com',1734723000,'+15305550146',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(33,'Teo Salazar','teo.salazar@example.com','+15305550168','teo salazar','teo.salazar@example.com',1735405200,'+15305550168',NULL,NULL,0,NULL);
INSERT INTO "clients" VALUES(34,'Carl Jensen','carl.jensen@example.com','+15305550142','carl jensen','carl.jensen@example.com',1735077600,'+15305550142',NULL,NULL,0,NULL);
CREATE TABLE closed_visits (
    closing     INTEGER NOT NULL REFERENCES closings (id) ON DELETE CASCADE,
    appointment INTEGER NOT NULL REFERENCES appointments (id),
    -- What became of it.
    outcome     TEXT    NOT NULL,
    -- The time that its client has chosen instead.
    replacement INTEGER REFERENCES appointments (id),
    -- When its client has said that they have seen it.
    seen_at     INTEGER,
    PRIMARY KEY (closing, appointment),
    CONSTRAINT outcome_is_known CHECK (outcome IN ('canceled', 'declined', 'kept', 'moved', 'stands'))
) STRICT, WITHOUT ROWID;
CREATE TABLE closings (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The act that has closed it. Acts are removed after a day, and no id is given twice.
    act         INTEGER NOT NULL,
    -- The time off that it is, until it is opened again. No id of those is given twice either.
    time_off    INTEGER NOT NULL,
    -- The one office that was closed; NULL where it was the whole practice.
    office      TEXT,
    starts_at   INTEGER NOT NULL,
    ends_at     INTEGER NOT NULL,
    made_at     INTEGER NOT NULL,
    -- What the therapist has said to everybody, and for their own eyes.
    sentence    TEXT,
    note        TEXT,
    -- When the therapist has opened it again, and the act by which they did.
    reopened_at INTEGER,
    reopened_by INTEGER,
    CONSTRAINT closing_is_not_empty CHECK (ends_at > starts_at)
) STRICT;
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
CREATE TABLE driven_days (
    date      TEXT    PRIMARY KEY,
    miles     INTEGER NOT NULL,
    ticked_at INTEGER NOT NULL,
    CONSTRAINT date_is_a_date CHECK (date(date) = date),
    CONSTRAINT miles_are_some CHECK (miles > 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE "emails" (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Names the event: the same event never writes a second letter.
    key             TEXT    NOT NULL,
    appointment     INTEGER,
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
INSERT INTO "emails" VALUES(22,'received/1508/0/client',1508,'client','marisol.vega@example.com','Requested: Wednesday, December 2, 4:00 pm, Mt. Shasta','Hi Marisol,

Thanks! I''m holding this time for you. It is not confirmed yet.

Wednesday, December 2, 4:00 pm (PST), until 5:00 pm
Mt. Shasta: 100 Example Street, Mt. Shasta, CA 96067
Biodynamic craniosacral session, 60 minutes, $95

You''ll hear from me by Saturday, November 28, 12:16 pm. If not, the hold ends. You owe nothing.

See or change your request:
https://demo.invalid/appointments/…

Directions:
https://demo.invalid/offices/mt-shasta

Free to cancel until Tuesday, December 1, 4:00 pm. After that it''s $47.50 (half the session).

Just reply to this email, or call (530) 555-0100.

Wasn''t you? Reply ''not me'' and I''ll drop it.

Dustin

--
Dustin, Certified Massage Therapist, CAMTC #93004
Dustin, Neuromuscular Massage, (530) 555-0100
The street addresses, phone number, email address, hours and prices are examples.','<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>Requested: Wednesday, December 2, 4:00 pm, Mt. Shasta</title>
<style>
@media (max-width:480px){.pd{padding-left:20px!important;padding-right:20px!important}}
@media (prefers-color-scheme:dark){
.bg{background-color:#0d1a18!important}.sh{background-color:#162421!important}
.tx{color:#e6e7de!important}.mu{color:#aeb7ac!important}
.og0{background-color:#162b3b!important}.ot0{color:#8ecaee!important}
.lk{color:#a3dbad!important}.bt{background-color:#a3dbad!important}.bt a{color:#05190f!important}
}
</style>
</head>
<body class="bg" style="margin:0;padding:0;background-color:#ecf3e5">
<div style="display:none;max-height:0;overflow:hidden">You''ll hear from me by Saturday, November 28, 12:16 pm.</div>
<div role="main" aria-label="Email from Dustin, Neuromuscular Massage" lang="en">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="bg" style="background-color:#ecf3e5"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" class="sh" style="width:100%;max-width:600px;background-color:#fafbf6;border-top:4px solid #115a8b">
<tr><td class="tx pd" style="padding:28px 32px 0;font-family:Georgia,''Times New Roman'',serif;font-size:20px;line-height:26px;color:#172821"><span style="color:#d94e20">&#9679;</span>&nbsp;Dustin, Neuromuscular Massage</td></tr>
<tr><td class="tx pd" style="padding:28px 32px 0;color:#172821"><h1 style="margin:0;font-family:Georgia,''Times New Roman'',serif;font-size:34px;line-height:38px;font-weight:normal">Requested</h1>
<p style="margin:14px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:18px;line-height:28px">Hi Marisol,</p>
<p style="margin:14px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:18px;line-height:28px">Thanks! I''m holding this time for you. It is not confirmed yet.</p></td></tr>
<tr><td class="pd" style="padding:24px 32px 0"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="og0" style="background-color:#e6f3fb;border-left:5px solid #115a8b;padding:18px 20px 0">
<p class="ot0" style="margin:0;font-family:-apple-system,''Segoe UI'',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:22px;font-weight:bold;color:#115a8b">▲ Mt. Shasta</p>
<p class="tx" style="margin:4px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:24px;line-height:31px;color:#172821">Wednesday, December 2, 4:00 pm</p>
<p class="mu" style="margin:6px 0 0;font-family:-apple-system,''Segoe UI'',Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:22px;color:#45584d">Until 5:00 pm (PST). Biodynamic craniosacral session, 60 minutes, $95.<br>100 Example Street, Mt. Shasta, CA 96067</p></td></tr>
<tr><td class="og0" style="background-color:#e6f3fb;border-left:5px solid #115a8b;padding:16px 20px 18px"><table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td class="bt" style="background-color:#1c5038;border-radius:3px"><a href="https://demo.invalid/appointments/…" style="display:inline-block;padding:13px 22px;font-family:-apple-system,''Segoe UI'',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:20px;font-weight:bold;color:#fafbf6;text-decoration:none">See or change your request</a></td></tr></table>
<p style="margin:12px 0 0;font-family:-apple-system,''Segoe UI'',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px"><a class="lk" href="https://demo.invalid/offices/mt-shasta" style="color:#1c5038">Directions</a></p></td></tr></table>

<p class="tx" style="margin:16px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:18px;line-height:28px;color:#172821">You''ll hear from me by Saturday, November 28, 12:16 pm. If not, the hold ends. You owe nothing.</p>
<p class="tx" style="margin:16px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:18px;line-height:28px;color:#172821">Free to cancel until Tuesday, December 1, 4:00 pm. After that it&#39;s $47.50 (half the session).</p>
<p class="tx" style="margin:16px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:18px;line-height:28px;color:#172821">Just reply to this email, or call (530) 555-0100.</p>
<p class="tx" style="margin:16px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:18px;line-height:28px;color:#172821">Wasn''t you? Reply ''not me'' and I''ll drop it.</p>

<p class="tx" style="margin:16px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:18px;line-height:28px;color:#172821">Dustin</p></td></tr>
<tr><td class="pd" style="padding:28px 32px 28px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="mu" style="border-top:1px solid #c8cdbd;padding-top:14px;font-family:-apple-system,''Segoe UI'',Roboto,Helvetica,Arial,sans-serif;font-size:14px;line-height:21px;color:#45584d">Dustin, Certified Massage Therapist, CAMTC #93004<br>Dustin, Neuromuscular Massage, (530) 555-0100<br>The street addresses, phone number, email address, hours and prices are examples.</td></tr></table></td></tr>
</table></td></tr></table></div>
</body>
</html>',NULL,NULL,'<38b2601ff2553ec1df1ade8ada28837a@demo.invalid>',1795810614,NULL,1,1795810974,'sent',1795810674,NULL,1795810674,1795810674,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'250 2.0.0 Ok: queued',NULL);
INSERT INTO "emails" VALUES(23,'received/1504/0/client',1504,'client','owen.tate@example.com','Requested: Tuesday, December 1, 12:30 pm, Redding','Hi Owen,

Thanks! I''m holding this time for you. It is not confirmed yet.

Tuesday, December 1, 12:30 pm (PST), until 2:00 pm
Redding: 200 Example Avenue, Redding, CA 96001
Long neuromuscular session, 90 minutes, $135

You''ll hear from me by Saturday, November 28, 12:56 pm. If not, the hold ends. You owe nothing.

See or change your request:
https://demo.invalid/appointments/…

Directions:
https://demo.invalid/offices/redding

Free to cancel until Monday, November 30, 12:30 pm. After that it''s $67.50 (half the session).

Just reply to this email, or call (530) 555-0100.

Wasn''t you? Reply ''not me'' and I''ll drop it.

Dustin

--
Dustin, Certified Massage Therapist, CAMTC #93004
Dustin, Neuromuscular Massage, (530) 555-0100
The street addresses, phone number, email address, hours and prices are examples.','<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>Requested: Tuesday, December 1, 12:30 pm, Redding</title>
<style>
@media (max-width:480px){.pd{padding-left:20px!important;padding-right:20px!important}}
@media (prefers-color-scheme:dark){
.bg{background-color:#0d1a18!important}.sh{background-color:#162421!important}
.tx{color:#e6e7de!important}.mu{color:#aeb7ac!important}
.og1{background-color:#392719!important}.ot1{color:#e9ba88!important}
.lk{color:#a3dbad!important}.bt{background-color:#a3dbad!important}.bt a{color:#05190f!important}
}
</style>
</head>
<body class="bg" style="margin:0;padding:0;background-color:#ecf3e5">
<div style="display:none;max-height:0;overflow:hidden">You''ll hear from me by Saturday, November 28, 12:56 pm.</div>
<div role="main" aria-label="Email from Dustin, Neuromuscular Massage" lang="en">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="bg" style="background-color:#ecf3e5"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" class="sh" style="width:100%;max-width:600px;background-color:#fafbf6;border-top:4px solid #86481e">
<tr><td class="tx pd" style="padding:28px 32px 0;font-family:Georgia,''Times New Roman'',serif;font-size:20px;line-height:26px;color:#172821"><span style="color:#d94e20">&#9679;</span>&nbsp;Dustin, Neuromuscular Massage</td></tr>
<tr><td class="tx pd" style="padding:28px 32px 0;color:#172821"><h1 style="margin:0;font-family:Georgia,''Times New Roman'',serif;font-size:34px;line-height:38px;font-weight:normal">Requested</h1>
<p style="margin:14px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:18px;line-height:28px">Hi Owen,</p>
<p style="margin:14px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:18px;line-height:28px">Thanks! I''m holding this time for you. It is not confirmed yet.</p></td></tr>
<tr><td class="pd" style="padding:24px 32px 0"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="og1" style="background-color:#fbeee0;border-left:5px solid #86481e;padding:18px 20px 0">
<p class="ot1" style="margin:0;font-family:-apple-system,''Segoe UI'',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:22px;font-weight:bold;color:#86481e">▬ Redding</p>
<p class="tx" style="margin:4px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:24px;line-height:31px;color:#172821">Tuesday, December 1, 12:30 pm</p>
<p class="mu" style="margin:6px 0 0;font-family:-apple-system,''Segoe UI'',Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:22px;color:#45584d">Until 2:00 pm (PST). Long neuromuscular session, 90 minutes, $135.<br>200 Example Avenue, Redding, CA 96001</p></td></tr>
<tr><td class="og1" style="background-color:#fbeee0;border-left:5px solid #86481e;padding:16px 20px 18px"><table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td class="bt" style="background-color:#1c5038;border-radius:3px"><a href="https://demo.invalid/appointments/…" style="display:inline-block;padding:13px 22px;font-family:-apple-system,''Segoe UI'',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:20px;font-weight:bold;color:#fafbf6;text-decoration:none">See or change your request</a></td></tr></table>
<p style="margin:12px 0 0;font-family:-apple-system,''Segoe UI'',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px"><a class="lk" href="https://demo.invalid/offices/redding" style="color:#1c5038">Directions</a></p></td></tr></table>

<p class="tx" style="margin:16px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:18px;line-height:28px;color:#172821">You''ll hear from me by Saturday, November 28, 12:56 pm. If not, the hold ends. You owe nothing.</p>
<p class="tx" style="margin:16px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:18px;line-height:28px;color:#172821">Free to cancel until Monday, November 30, 12:30 pm. After that it&#39;s $67.50 (half the session).</p>
<p class="tx" style="margin:16px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:18px;line-height:28px;color:#172821">Just reply to this email, or call (530) 555-0100.</p>
<p class="tx" style="margin:16px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:18px;line-height:28px;color:#172821">Wasn''t you? Reply ''not me'' and I''ll drop it.</p>

<p class="tx" style="margin:16px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:18px;line-height:28px;color:#172821">Dustin</p></td></tr>
<tr><td class="pd" style="padding:28px 32px 28px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="mu" style="border-top:1px solid #c8cdbd;padding-top:14px;font-family:-apple-system,''Segoe UI'',Roboto,Helvetica,Arial,sans-serif;font-size:14px;line-height:21px;color:#45584d">Dustin, Certified Massage Therapist, CAMTC #93004<br>Dustin, Neuromuscular Massage, (530) 555-0100<br>The street addresses, phone number, email address, hours and prices are examples.</td></tr></table></td></tr>
</table></td></tr></table></div>
</body>
</html>',NULL,NULL,'<12ea999c14fea3cb23e3816db0ef13b2@demo.invalid>',1795813014,NULL,1,1795813374,'sent',1795813074,NULL,1795813074,1795813074,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'250 2.0.0 Ok: queued',NULL);
INSERT INTO "emails" VALUES(24,'reminder/1498/2026-11-28T00:00:00Z/3h',1498,'client','hiro.tanaka@example.com','Today: Friday, November 27, 4:00 pm, Redding','Hi Hiro,

See you today in Redding.

Friday, November 27, 4:00 pm (PST), until 5:30 pm
Redding: 200 Example Avenue, Redding, CA 96001
Long neuromuscular session, 90 minutes, $135

Can''t make it? It''s less than 24 hours before your appointment, so the fee is $67.50, half the session. Nothing is charged here.

See your appointment or cancel:
https://demo.invalid/appointments/…

Directions:
https://demo.invalid/offices/redding

Running late? Call (530) 555-0100 when it''s safe.

Questions? Just reply to this email.

Dustin

--
Dustin, Certified Massage Therapist, CAMTC #93004
Dustin, Neuromuscular Massage, (530) 555-0100
The street addresses, phone number, email address, hours and prices are examples.','<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>Today: Friday, November 27, 4:00 pm, Redding</title>
<style>
@media (max-width:480px){.pd{padding-left:20px!important;padding-right:20px!important}}
@media (prefers-color-scheme:dark){
.bg{background-color:#0d1a18!important}.sh{background-color:#162421!important}
.tx{color:#e6e7de!important}.mu{color:#aeb7ac!important}
.og1{background-color:#392719!important}.ot1{color:#e9ba88!important}
.lk{color:#a3dbad!important}.bt{background-color:#a3dbad!important}.bt a{color:#05190f!important}
}
</style>
</head>
<body class="bg" style="margin:0;padding:0;background-color:#ecf3e5">
<div style="display:none;max-height:0;overflow:hidden">Redding, 200 Example Avenue, Redding, CA 96001</div>
<div role="main" aria-label="Email from Dustin, Neuromuscular Massage" lang="en">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="bg" style="background-color:#ecf3e5"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" class="sh" style="width:100%;max-width:600px;background-color:#fafbf6;border-top:4px solid #86481e">
<tr><td class="tx pd" style="padding:28px 32px 0;font-family:Georgia,''Times New Roman'',serif;font-size:20px;line-height:26px;color:#172821"><span style="color:#d94e20">&#9679;</span>&nbsp;Dustin, Neuromuscular Massage</td></tr>
<tr><td class="tx pd" style="padding:28px 32px 0;color:#172821"><h1 style="margin:0;font-family:Georgia,''Times New Roman'',serif;font-size:34px;line-height:38px;font-weight:normal">Today</h1>
<p style="margin:14px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:18px;line-height:28px">Hi Hiro,</p>
<p style="margin:14px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:18px;line-height:28px">See you today in Redding.</p></td></tr>
<tr><td class="pd" style="padding:24px 32px 0"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="og1" style="background-color:#fbeee0;border-left:5px solid #86481e;padding:18px 20px 0">
<p class="ot1" style="margin:0;font-family:-apple-system,''Segoe UI'',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:22px;font-weight:bold;color:#86481e">▬ Redding</p>
<p class="tx" style="margin:4px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:24px;line-height:31px;color:#172821">Friday, November 27, 4:00 pm</p>
<p class="mu" style="margin:6px 0 0;font-family:-apple-system,''Segoe UI'',Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:22px;color:#45584d">Until 5:30 pm (PST). Long neuromuscular session, 90 minutes, $135.<br>200 Example Avenue, Redding, CA 96001</p></td></tr>
<tr><td class="og1" style="background-color:#fbeee0;border-left:5px solid #86481e;padding:16px 20px 18px"><table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td class="bt" style="background-color:#1c5038;border-radius:3px"><a href="https://demo.invalid/appointments/…" style="display:inline-block;padding:13px 22px;font-family:-apple-system,''Segoe UI'',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:20px;font-weight:bold;color:#fafbf6;text-decoration:none">See your appointment or cancel</a></td></tr></table>
<p style="margin:12px 0 0;font-family:-apple-system,''Segoe UI'',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px"><a class="lk" href="https://demo.invalid/offices/redding" style="color:#1c5038">Directions</a></p></td></tr></table>

<p class="tx" style="margin:16px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:18px;line-height:28px;color:#172821">Can''t make it? It&#39;s less than 24 hours before your appointment, so the fee is $67.50, half the session. Nothing is charged here.</p>
<p class="tx" style="margin:16px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:18px;line-height:28px;color:#172821">Running late? Call (530) 555-0100 when it''s safe.</p>
<p class="tx" style="margin:16px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:18px;line-height:28px;color:#172821">Questions? Just reply to this email.</p>

<p class="tx" style="margin:16px 0 0;font-family:Georgia,''Times New Roman'',serif;font-size:18px;line-height:28px;color:#172821">Dustin</p></td></tr>
<tr><td class="pd" style="padding:28px 32px 28px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="mu" style="border-top:1px solid #c8cdbd;padding-top:14px;font-family:-apple-system,''Segoe UI'',Roboto,Helvetica,Arial,sans-serif;font-size:14px;line-height:21px;color:#45584d">Dustin, Certified Massage Therapist, CAMTC #93004<br>Dustin, Neuromuscular Massage, (530) 555-0100<br>The street addresses, phone number, email address, hours and prices are examples.</td></tr></table></td></tr>
</table></td></tr></table></div>
</body>
</html>',NULL,NULL,'<90dee71540ffe59c0c7acf9e5c1b0511@demo.invalid>',1795813260,1795824000,1,1795813620,'waiting',NULL,NULL,1795813320,1795813320,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'250 2.0.0 Ok: queued',NULL);
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
CREATE TABLE history (
    id          INTEGER PRIMARY KEY,
    at          INTEGER NOT NULL,
    who         TEXT    NOT NULL,
    what        TEXT    NOT NULL,
    -- Of what was undone: which act it was.
    act         TEXT,
    appointment INTEGER REFERENCES appointments (id),
    client      INTEGER,
    -- Where and when the appointment was before; or which office it is about.
    office      TEXT,
    starts_at   INTEGER,
    -- The date of the practice that it is about.
    on_date     TEXT,
    CONSTRAINT who_is_known CHECK (who IN ('therapist', 'client', 'program'))
) STRICT;
INSERT INTO "history" VALUES(4413,1795709814,'client','requested',NULL,1519,7,'mt-shasta',1797098400,NULL);
INSERT INTO "history" VALUES(4414,1795709814,'client','requested',NULL,1520,8,'mt-shasta',1797440400,NULL);
INSERT INTO "history" VALUES(4415,1795709814,'client','requested',NULL,1521,20,'redding',1797638400,NULL);
INSERT INTO "history" VALUES(4416,1795709814,'client','requested',NULL,1522,10,'redding',1797958800,NULL);
INSERT INTO "history" VALUES(4417,1795709814,'client','requested',NULL,1523,11,'redding',1798137000,NULL);
INSERT INTO "history" VALUES(4418,1795717014,'therapist','confirmed',NULL,1509,33,'redding',1796328000,NULL);
INSERT INTO "history" VALUES(4419,1795717014,'therapist','confirmed',NULL,1510,20,'redding',1796335200,NULL);
INSERT INTO "history" VALUES(4420,1795717014,'therapist','confirmed',NULL,1511,26,'redding',1796428800,NULL);
INSERT INTO "history" VALUES(4421,1795717014,'therapist','confirmed',NULL,1512,22,'redding',1796493600,NULL);
INSERT INTO "history" VALUES(4422,1795717014,'therapist','confirmed',NULL,1513,1,'mt-shasta',1796675400,NULL);
INSERT INTO "history" VALUES(4423,1795717014,'therapist','confirmed',NULL,1514,34,'mt-shasta',1796684400,NULL);
INSERT INTO "history" VALUES(4424,1795717014,'therapist','confirmed',NULL,1515,3,'redding',1796769000,NULL);
INSERT INTO "history" VALUES(4425,1795717014,'therapist','confirmed',NULL,1516,13,'redding',1796922000,NULL);
INSERT INTO "history" VALUES(4426,1795717014,'therapist','confirmed',NULL,1517,21,'redding',1796931000,NULL);
INSERT INTO "history" VALUES(4427,1795717014,'therapist','confirmed',NULL,1518,6,'redding',1797024600,NULL);
INSERT INTO "history" VALUES(4428,1795717014,'therapist','confirmed',NULL,1519,7,'mt-shasta',1797098400,NULL);
INSERT INTO "history" VALUES(4429,1795717014,'therapist','confirmed',NULL,1520,8,'mt-shasta',1797440400,NULL);
INSERT INTO "history" VALUES(4430,1795717014,'therapist','confirmed',NULL,1521,20,'redding',1797638400,NULL);
INSERT INTO "history" VALUES(4431,1795717014,'therapist','confirmed',NULL,1522,10,'redding',1797958800,NULL);
INSERT INTO "history" VALUES(4432,1795717014,'therapist','confirmed',NULL,1523,11,'redding',1798137000,NULL);
INSERT INTO "history" VALUES(4433,1795721400,'therapist','arrived',NULL,1495,5,'redding',1795721400,NULL);
INSERT INTO "history" VALUES(4434,1795734000,'therapist','arrived',NULL,1496,6,'redding',1795734000,NULL);
INSERT INTO "history" VALUES(4435,1795810614,'client','requested',NULL,1508,15,'mt-shasta',1796256000,NULL);
INSERT INTO "history" VALUES(4436,1795813014,'client','requested',NULL,1504,32,'redding',1796157000,NULL);
INSERT INTO "history" VALUES(4437,1795815414,'client','requested',NULL,1500,26,'mt-shasta',1796058000,NULL);
CREATE TABLE identity_keys (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    -- Of the rule by which the keys were made.
    version INTEGER NOT NULL
) STRICT;
INSERT INTO "identity_keys" VALUES(1,2);
CREATE TABLE links (
    token_hash  BLOB    PRIMARY KEY,
    appointment INTEGER NOT NULL,
    -- Where the link was given. 'request': to whoever sent the form, right
    -- after it, and so it shows where we write to; 'email': in an email.
    given_in    TEXT    NOT NULL,
    expires_at  INTEGER NOT NULL,
    CONSTRAINT given_in_is_known CHECK (given_in IN ('request', 'email'))
) STRICT, WITHOUT ROWID;
CREATE TABLE mileage_rates (
    holds_from TEXT    PRIMARY KEY,
    per_mile   INTEGER NOT NULL,
    CONSTRAINT holds_from_is_a_date CHECK (date(holds_from) = holds_from),
    CONSTRAINT per_mile_is_not_negative CHECK (per_mile >= 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE opening_hours (
    office     TEXT NOT NULL,
    holds_from TEXT NOT NULL, until TEXT
    CONSTRAINT until_is_a_date_from_then_on CHECK (until IS NULL OR (date(until) = until AND until >= holds_from)),
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
CREATE TABLE payments (
    appointment INTEGER PRIMARY KEY REFERENCES appointments (id),
    method      TEXT    NOT NULL,
    amount      INTEGER NOT NULL,
    tip         INTEGER NOT NULL DEFAULT 0,
    noted_at    INTEGER NOT NULL,
    CONSTRAINT method_is_known CHECK (method IN ('cash', 'check', 'card', 'other')),
    CONSTRAINT amount_is_not_negative CHECK (amount >= 0),
    CONSTRAINT tip_is_not_negative CHECK (tip >= 0)
) STRICT;
INSERT INTO "payments" VALUES(1484,'card',13500,0,1795298700);
INSERT INTO "payments" VALUES(1485,'cash',13500,0,1795458900);
INSERT INTO "payments" VALUES(1486,'card',9500,0,1795467900);
INSERT INTO "payments" VALUES(1487,'check',9500,1000,1795476900);
INSERT INTO "payments" VALUES(1488,'card',9500,0,1795548900);
INSERT INTO "payments" VALUES(1490,'card',9500,0,1795629900);
INSERT INTO "payments" VALUES(1491,'card',9500,1000,1795635300);
INSERT INTO "payments" VALUES(1492,'cash',13500,0,1795644300);
INSERT INTO "payments" VALUES(1493,'card',13500,0,1795653300);
INSERT INTO "payments" VALUES(1495,'card',13500,0,1795727100);
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
INSERT INTO "reschedule_requests" VALUES(1,1501,'redding',1796317200,1796322600,1795812414,1795898814,'requested',NULL);
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
    appointment INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE served (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    base_url TEXT    NOT NULL
) STRICT;
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
    note       TEXT, sentence TEXT,
    CONSTRAINT time_off_is_not_empty CHECK (ends_at > starts_at)
) STRICT;
INSERT INTO "time_off" VALUES(1,NULL,1798876800,1799654400,'At the coast with the family','I''m on vacation and back on January 11. Need me sooner? Leave a message; I listen in the evening.');
CREATE TABLE trials (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    written BLOB    NOT NULL
) STRICT;
CREATE TABLE unproven_requests (
    mailbox TEXT    NOT NULL,
    sent_at INTEGER NOT NULL
) STRICT;
CREATE TABLE waived_fees (
    appointment INTEGER PRIMARY KEY REFERENCES appointments (id),
    waived_at   INTEGER NOT NULL
) STRICT;
INSERT INTO "waived_fees" VALUES(1489,1795565100);
CREATE TABLE welcome_links (
    token_hash BLOB    PRIMARY KEY,
    expires_at INTEGER NOT NULL
, given_in TEXT NOT NULL DEFAULT 'server'
    CONSTRAINT given_in_is_known CHECK (given_in IN ('server', 'email'))) STRICT, WITHOUT ROWID;
CREATE INDEX clients_by_email ON clients (email_key);
CREATE INDEX appointments_live ON appointments (starts_at) WHERE status IN ('requested', 'confirmed');
CREATE INDEX appointments_by_start ON appointments (starts_at);
CREATE INDEX appointments_by_client ON appointments (client);
CREATE INDEX appointments_held ON appointments (held_until) WHERE status = 'requested';
CREATE INDEX opening_windows_by_week ON opening_windows (office, holds_from);
CREATE INDEX plan_windows_by_date ON plan_windows (date);
CREATE INDEX time_off_by_end ON time_off (ends_at);
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
CREATE INDEX acts_running ON acts (ends_at) WHERE outcome = 'running';
CREATE INDEX acted_on_by_appointment ON acted_on (appointment);
CREATE INDEX emails_by_act ON emails (act) WHERE act IS NOT NULL;
CREATE INDEX emails_set_aside ON emails (set_aside_by) WHERE set_aside_by IS NOT NULL;
CREATE INDEX client_aliases_by_person ON client_aliases (person);
CREATE INDEX emails_unlisted ON emails (written_at) WHERE is_listed = 0;
CREATE INDEX emails_with_trouble ON emails (id)
    WHERE outcome = 'given_up' OR came_back_at IS NOT NULL OR (outcome = 'waiting' AND trouble IS NOT NULL);
CREATE INDEX closings_by_act ON closings (act);
CREATE INDEX closings_by_reopening ON closings (reopened_by) WHERE reopened_by IS NOT NULL;
CREATE INDEX closings_by_end ON closings (ends_at);
CREATE INDEX closings_by_time_off ON closings (time_off);
CREATE INDEX closed_visits_by_appointment ON closed_visits (appointment);
CREATE INDEX closed_visits_by_replacement ON closed_visits (replacement) WHERE replacement IS NOT NULL;
CREATE UNIQUE INDEX one_open_call_per_appointment_and_matter
    ON calls (appointment, about = 'new_address') WHERE done_at IS NULL AND set_aside_by IS NULL;
CREATE INDEX calls_by_appointment ON calls (appointment);
CREATE INDEX calls_by_act ON calls (act) WHERE act IS NOT NULL;
CREATE INDEX calls_set_aside ON calls (set_aside_by) WHERE set_aside_by IS NOT NULL;
CREATE INDEX appointments_arrived ON appointments (starts_at, client) WHERE status = 'arrived';
CREATE INDEX blocked_requests_waiting ON blocked_requests (answer_at) WHERE status = 'requested';
CREATE INDEX blocked_requests_by_client ON blocked_requests (client);
CREATE INDEX blocked_requests_taken_back ON blocked_requests (requested_at) WHERE status = 'cancelled';
CREATE INDEX history_by_appointment ON history (appointment) WHERE appointment IS NOT NULL;
CREATE VIEW appointments_in_words AS
SELECT id,
       datetime(starts_at, 'unixepoch') || ' UTC' AS starts,
       (ends_at - starts_at) / 60                 AS minutes,
       office, service, status, name, email, phone,
       datetime(requested_at, 'unixepoch') || ' UTC' AS requested,
       datetime(held_until, 'unixepoch') || ' UTC'   AS held_until
FROM appointments;
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('sessions',0);
INSERT INTO "sqlite_sequence" VALUES('calls',1);
INSERT INTO "sqlite_sequence" VALUES('clients',50);
INSERT INTO "sqlite_sequence" VALUES('emails',24);
INSERT INTO "sqlite_sequence" VALUES('time_off',1);
COMMIT;
