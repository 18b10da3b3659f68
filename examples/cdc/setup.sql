-- Makes the database of the example: a user that may replicate, two tables, a schema for the mirror.
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

reset role;
-- Debezium reads through a publication; making it here spares the user the right to make any.
alter database shop owner to sluice;
