-- Makes the database of the example: a user that may replicate and owns the database (so that it may
-- make the publication that changes are read through), two tables, and a schema for the mirror.
create role sluice with login replication password 'sluice';
create database shop owner sluice;
\connect shop
set role sluice;

create table customers (
  id bigint primary key,
  name text not null,
  city text
);
create table orders (
  id bigint primary key,
  customer_id bigint not null references customers (id),
  amount numeric(10, 2) not null,
  status text not null default 'open',
  updated_at timestamptz not null default now()
);
create schema mirror;

insert into customers values (1, 'Ada', 'London'), (2, 'Grace', 'New York'), (3, 'Edsger', 'Rotterdam');
insert into orders (id, customer_id, amount) values (1, 1, 19.90), (2, 1, 250.00), (3, 3, 74.50);
