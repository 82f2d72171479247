//! The requests of a backend that is around another one, and changes none of them.

/// Implements [`Backend`](monotable::Backend) for a struct around a backend. What follows the struct is added to the
/// implementation.
macro_rules! forward {
    ($around:ident { $($more:tt)* }) => {
        impl<B: monotable::Backend> monotable::Backend for $around<B> {
            type Item = B::Item;
            type Indexes = B::Indexes;

            const SYSTEM: &'static str = B::SYSTEM;
            const LIMITS: monotable::backend::Limits = B::LIMITS;

            fn operation_name(operation: monotable::request::Operation) -> &'static str {
                B::operation_name(operation)
            }

            fn collection(&self) -> Option<&str> {
                self.0.collection()
            }

            fn encode<T: serde::Serialize + ?Sized>(
                &self,
                item: &monotable::backend::Keyed<'_, T>,
            ) -> monotable::Result<B::Item> {
                self.0.encode(item)
            }

            $crate::layer::forward::calls! {
                get(monotable::request::Get) -> monotable::request::Fetched<B::Item>;
                put(monotable::request::Put<B::Item>) -> monotable::request::Written<B::Item>;
                update(monotable::request::Update) -> monotable::request::Written<B::Item>;
                delete(monotable::request::Delete) -> monotable::request::Written<B::Item>;
                query(monotable::request::Query) -> monotable::request::Queried<B::Item>;
                create_table(monotable::request::CreateTable) -> ();
            }

            fn now(&self) -> std::time::SystemTime {
                self.0.now()
            }

            $($more)*
        }
    };
}
pub(crate) use forward;

/// Methods that pass a request on.
macro_rules! calls {
    ($($name:ident($request:ty) -> $answer:ty;)*) => {$(
        async fn $name(&self, request: $request) -> monotable::Result<$answer> {
            self.0.$name(request).await
        }
    )*};
}
pub(crate) use calls;
