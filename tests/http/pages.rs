//! Pages that everybody reads.

use crate::support::practice::practice_as_shipped;

#[tokio::test]
async fn every_page_of_the_sitemap_is_there() {
    let practice = practice_as_shipped().open().await;
    let visitor = practice.visitor();
    let sitemap = visitor.open("/sitemap.xml").await.body();
    let addresses: Vec<&str> =
        sitemap.split("<loc>").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    assert!(addresses.len() > 15, "{addresses:?}");
    for address in addresses {
        visitor.open(address).await;
    }
    practice.close().await;
}
