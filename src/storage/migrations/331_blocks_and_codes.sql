-- Whose people blocked somebody; null: the house, which alone lifts its own block.
alter table sign_in."user" add column "blockedByParty" text;

-- No device is trusted any more.
delete from sign_in.verification where identifier like 'trust-device-%';
