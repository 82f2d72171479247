//! The traits that nothing implements, with the messages.

/// Declares traits that nothing implements, for their messages.
macro_rules! never {
    ($($name:ident: $message:literal, $label:literal $(, $note:literal)*;)*) => {$(
        #[doc(hidden)]
        #[diagnostic::on_unimplemented(message = $message, label = $label, $(note = $note),*)]
        pub trait $name {
            /// The value that a function returns which cannot be called.
            fn never<R>() -> R;
        }
    )*};
}

never! {
    PutOnTable:
        "a table has no `put`: a write begins at the entity, as in `order.put().send(&shop)`",
        "begin at the entity";
    CreateOnTable:
        "a table has no `create`: a write begins at the entity, as in `order.create().send(&shop)`",
        "begin at the entity";
    SaveOnTable:
        "a table does not write by itself: write `order.put().send(&shop)`, or `order.create().send(&shop)` for a new item",
        "begin at the entity";
    UpdateOnTable:
        "a table has no `update`: an update begins at the entity or its key, as in `order.update().set(..).send(&shop)` or `Order::key(..).update().set(..).send(&shop)`",
        "begin at the entity or its key";
    DeleteOnTable:
        "a table has no `delete`: a delete begins at the entity or its key, as in `order.delete().send(&shop)` or `Order::key(..).delete().send(&shop)`",
        "begin at the entity or its key";
    GetOnTable:
        "a table has no `get`: a read begins at the type of the entity, as in `Order::get(..).send(&shop)`",
        "begin at the type of the entity";
    QueryOnTable:
        "a table has no `query`: a query begins at an access pattern of an entity, as in `Order::by_customer(..).all(&shop)`",
        "begin at an access pattern",
        "an access pattern is declared on the struct: `#[access(by_customer)]`";
    ScanOnTable:
        "there is no scan: read an item by its key, as in `Order::get(..)`, or declare an access pattern for what you need",
        "would read the whole table",
        "an access pattern is declared on the struct: `#[access(by_.., index = .., pk = \"..\", sk = \"..\")]`";
    CachedOnTable:
        "the cache goes before `on`: write `Shop::on(backend.cached(cache)?)`",
        "a table takes no cache";
    WriteOnTransaction:
        "a transaction takes its writes with `add`, and each begins at an entity or a key: `.add(order.put())`, and the same with `create`, `update` and `delete`",
        "use `add`";
    GetOnTransaction:
        "a transaction only writes: several items of the same moment are read by `shop.transact_get((Order::get(..), Customer::get(..)))`",
        "not a write";
    WriteOnBatch:
        "a batch takes its writes with `add`, and each begins at an entity or a key: `.add(order.put())` or `.add(order.delete())`",
        "use `add`";
    ConditionOnBatch:
        "a batch takes only `put` and `delete`, because it checks nothing: write `.add(order.put())`, or use `shop.transaction()`",
        "not for a batch";
    DeleteOnQuery:
        "a query deletes the items that it finds with `delete_all`: write `.delete_all().send(&table)`",
        "use `delete_all`";
    UpdateOnQuery:
        "a query only reads: change each item that it returns with `item.update().set(..).send(&table)`",
        "queries of `{Self}` only read";
    OrderOfQuery:
        "a query returns its items in the order of the sort key: use `.ascending()` or `.descending()`, or declare an access pattern whose `sk` has the order that you need",
        "not the order of the sort key";
    ReadPartition:
        "a partition is read by its query: write `.query()` before this call, as in `Customer::partition(..).query().all(&shop)`",
        "write `.query()` first";
    FilterPartition:
        "the items of a partition are of several entities, so they have no filter: use the access pattern of one entity, or filter what is read",
        "has no filter";
    DeletePartition:
        "a partition is deleted with `delete_all`: write `.delete_all().send(&table)`",
        "use `delete_all`";
    RunCollection:
        "a collection is read with `send`, which returns it: write `.send(&table)`, or `.page(&table)` for a cursor, too",
        "use `send`";
    PageOfCollection:
        "a collection goes on at the access pattern of the list that is read last: write `Order::by_customer(..).after(page.cursor)`, with the same direction",
        "only its list has more pages";
    RunHydrate:
        "whole items are read with `all`, `page`, `first` or `stream`: write `.all(&table)`",
        "use `all`";
    IsNone:
        "a condition that a field has no value is `absent`: write `.absent()`",
        "use `absent`";
    IsSome:
        "a condition that a field has a value is `exists`: write `.exists()`",
        "use `exists`";
}
